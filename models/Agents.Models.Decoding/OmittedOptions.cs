using Agents.Reasoning;

namespace Agents.Models.Decoding;

/// <summary>Options that an engine of this process does not honour.</summary>
internal static class OmittedOptions
{
    /// <summary>Their names joined by commas, for <see cref="OutcomeMetadata.Omitted"/>; empty when there are none.</summary>
    /// <param name="options">The options.</param>
    /// <param name="capsThinking">Whether the engine ends thinking at its cap.</param>
    public static string Of(SampleOptions options, bool capsThinking) => string.Join(',', Names(options, capsThinking));

    private static IEnumerable<string> Names(SampleOptions options, bool capsThinking)
    {
        if (options.ResponseSchema is not null)
            yield return "response_format";
        if (options.MaxThinkingTokens is not null && !capsThinking)
            yield return "max_thinking_tokens";
        foreach (string name in options.Extra.Keys)
            yield return name;
    }
}
