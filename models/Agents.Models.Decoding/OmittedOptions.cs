using Agents.Reasoning;

namespace Agents.Models.Decoding;

/// <summary>Options that no engine of this process honours.</summary>
internal static class OmittedOptions
{
    /// <summary>Their names joined by commas, for <see cref="OutcomeMetadata.Omitted"/>; empty when there are none.</summary>
    public static string Of(SampleOptions options) => string.Join(',', Names(options));

    private static IEnumerable<string> Names(SampleOptions options)
    {
        if (options.ResponseSchema is not null)
            yield return "response_format";
        if (options.MaxThinkingTokens is not null)
            yield return "max_thinking_tokens";
        foreach (string name in options.Extra.Keys)
            yield return name;
    }
}
