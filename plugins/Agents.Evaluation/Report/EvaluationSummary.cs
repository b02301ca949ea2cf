namespace Agents.Evaluation;

/// <summary>The content of <c>summary.json</c>. The same results give the same bytes: it holds no time of day.</summary>
public sealed record EvaluationSummary
{
    /// <summary>Whether every run has finished; if not, all numbers are over the finished ones.</summary>
    public required bool Complete { get; init; }

    /// <summary>Runs finished.</summary>
    public required int Done { get; init; }

    /// <summary>Runs in all: questions × strategies.</summary>
    public required int Total { get; init; }

    /// <summary>The command that was given.</summary>
    public required string Command { get; init; }

    /// <summary>The data's file name.</summary>
    public required string Data { get; init; }

    /// <summary>The hash of the data file's bytes.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>The number of questions.</summary>
    public required int Questions { get; init; }

    /// <summary>The model as named by the user.</summary>
    public required string Model { get; init; }

    /// <summary>The models and prompts recorded in the data, where the samples were recorded; else empty.</summary>
    public required IReadOnlyList<string> RecordedModels { get; init; }

    /// <summary>What the samples of one question differ in besides chance, such as <c>4 models</c>; null when in nothing that was recorded.</summary>
    public required string? Mixture { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Where answers come from.</summary>
    public required AnswerSource Answers { get; init; }

    /// <summary>
    /// Where recorded samples are read from their text: the share of those with a recorded answer whose text gives the same
    /// one, 0–1. Null otherwise.
    /// </summary>
    public required double? ExtractionAgreement { get; init; }

    /// <summary>The rule of correctness.</summary>
    public required string Correctness { get; init; }

    /// <summary>What happens when answers tie.</summary>
    public required string TieRule { get; init; }

    /// <summary>The strategies, in the order given.</summary>
    public required IReadOnlyList<StrategySummary> Strategies { get; init; }

    /// <summary>Every pair of strategies.</summary>
    public required IReadOnlyList<PairedComparison> Pairs { get; init; }

    /// <summary>Accuracy and coverage against the number of samples; null where no equal number of samples is at hand.</summary>
    public required SampleCurve? Curve { get; init; }

    /// <summary>Which samples the curve is over, or why there is none.</summary>
    public required string CurveSource { get; init; }
}
