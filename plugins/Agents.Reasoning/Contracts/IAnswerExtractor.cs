using Agents.Answers;

namespace Agents.Reasoning;

/// <summary>Finds the final answer of a sample. Thread-safe, deterministic, never throws.</summary>
public interface IAnswerExtractor
{
    /// <summary>The sample's final answer, or null when it states none: an abstention.</summary>
    Answer? Extract(Sample sample, AnswerKind expected);
}

/// <summary>Reads the answer from the sample's text.</summary>
/// <param name="rules">The extraction rules; null for the defaults.</param>
public sealed class FinalAnswerExtractor(AnswerExtractor? rules = null) : IAnswerExtractor
{
    private readonly AnswerExtractor rules = rules ?? AnswerExtractor.Default;

    /// <summary>Reads with the default rules.</summary>
    public static FinalAnswerExtractor Default { get; } = new();

    /// <inheritdoc/>
    public Answer? Extract(Sample sample, AnswerKind expected) => sample.IsOk ? rules.Extract(sample.Text, expected) : null;
}

/// <summary>Takes the answer recorded beside a recorded sample, where the sample has one in its metadata.</summary>
public sealed class RecordedAnswerExtractor : IAnswerExtractor
{
    /// <summary>The metadata name that holds the recorded answer.</summary>
    public const string MetadataName = "recorded_answer";

    /// <summary>The one instance.</summary>
    public static RecordedAnswerExtractor Instance { get; } = new();

    /// <inheritdoc/>
    public Answer? Extract(Sample sample, AnswerKind expected) =>
        sample.Outcome.Metadata.TryGetValue(MetadataName, out string? recorded) && !string.IsNullOrWhiteSpace(recorded)
            ? Answer.Parse(recorded, expected)
            : null;
}
