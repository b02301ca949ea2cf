using Agents.Reasoning;

namespace Agents.Models.Embedded;

/// <summary>What a reader should know of a sample beyond its text.</summary>
internal static class OutcomeNotes
{
    /// <summary>What the metadata of a sample says.</summary>
    public static IReadOnlyDictionary<string, string> Of(SampleOptions options, EncodedPrompt prompt)
    {
        var notes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string omitted = OmittedOptions.Of(options, capsThinking: true);
        if (omitted.Length > 0)
            notes[OutcomeMetadata.Omitted] = omitted;
        if (prompt.IsOutsideVocabulary)
            notes[OutcomeMetadata.OutsideDomain] = OutsideDomain(prompt);
        return notes;
    }

    /// <summary>How much of a prompt lies outside the model's domain.</summary>
    public static string OutsideDomain(EncodedPrompt prompt) => $"most of the prompt ({prompt.Words.Unknown} of {prompt.Words.Words} words)";
}
