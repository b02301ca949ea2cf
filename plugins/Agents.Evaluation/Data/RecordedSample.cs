using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>A sample that some model gave some time ago. Immutable.</summary>
/// <param name="Text">What the model wrote.</param>
/// <param name="Answer">The answer recorded beside it; null when there is none: the sample abstains.</param>
/// <param name="Correct">Whether it was recorded as right; null when the file does not say.</param>
public sealed record RecordedSample(string Text, string? Answer, bool? Correct)
{
    /// <summary>The tokens recorded (<c>usage</c> or <c>input_tokens</c>/<c>output_tokens</c>), or null: unknown, not zero.</summary>
    public CallUsage? Usage { get; init; }

    /// <summary>The sample's other fields, kept as they were.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, JsonElement>.Empty;
}
