using System.Text.Json;

namespace Agents.Reasoning;

/// <summary>
/// How one sample is drawn. Pure data, so that every host can carry it: rules that act on single tokens while a sample
/// runs (stop strings, a thinking cap) are stated here and enforced by the sampler. A null leaves the model's own default.
/// </summary>
public sealed record SampleOptions
{
    /// <summary>The model's own defaults.</summary>
    public static SampleOptions Default { get; } = new();

    /// <summary>Softmax temperature, 0 (greedy) and up.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus mass, in (0, 1].</summary>
    public double? TopP { get; init; }

    /// <summary>Number of most likely tokens to sample from, at least 1.</summary>
    public int? TopK { get; init; }

    /// <summary>Cap on generated tokens, thinking included, at least 1.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Cap on thinking tokens, for models that declare it.</summary>
    public int? MaxThinkingTokens { get; init; }

    /// <summary>Strings at which generation stops; the string itself is not part of the text.</summary>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Whether token log-probabilities are asked for. Ignored by models that do not declare them.</summary>
    public bool LogProbabilities { get; init; }

    /// <summary>How many alternatives per token come with <see cref="LogProbabilities"/>, 0–20.</summary>
    public int TopLogProbabilities { get; init; }

    /// <summary>Where a sample is given up for its low confidence while it runs; null for nowhere. For models that declare it.</summary>
    public ConfidenceFloor? ConfidenceFloor { get; init; }

    /// <summary>
    /// A reply to be read instead of drawn: the outcome is this text with the log-probabilities that the model gives its tokens,
    /// and nothing is generated. Null to draw. For models that declare it (<see cref="SamplerCapabilities.ScoresText"/>).
    /// </summary>
    public string? ScoredText { get; init; }

    /// <summary>Continue the last message, which is a partial assistant turn, instead of starting a new one.</summary>
    public bool ContinueAssistant { get; init; }

    /// <summary>JSON schema that the whole text must satisfy, or null for free text.</summary>
    public JsonElement? ResponseSchema { get; init; }

    /// <summary>Further parameters passed to the model by name, in ordinal order of the names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extra { get; init; } = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
}
