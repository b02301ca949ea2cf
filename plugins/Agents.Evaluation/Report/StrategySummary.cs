namespace Agents.Evaluation;

/// <summary>One strategy over all its finished questions.</summary>
public sealed record StrategySummary
{
    /// <summary>Its name in the results.</summary>
    public required string Name { get; init; }

    /// <summary>Its idea in one sentence.</summary>
    public required string Idea { get; init; }

    /// <summary>Its source: authors, year, arXiv id.</summary>
    public required string Source { get; init; }

    /// <summary>Its fingerprint.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Questions finished, n.</summary>
    public required int Questions { get; init; }

    /// <summary>Of these, right ones.</summary>
    public required int Correct { get; init; }

    /// <summary>Of these, ones without an answer; they count as wrong.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Of these, ones whose answer can be called neither right nor wrong; they are not counted as right.</summary>
    public required int Undecided { get; init; }

    /// <summary>The share that is right, 0–1; 0 when n is 0.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Its Wilson 95 % interval.</summary>
    public required Interval AccuracyInterval { get; init; }

    /// <summary>Samples that came back, per question.</summary>
    public required double MeanSamples { get; init; }

    /// <summary>Model calls, per question.</summary>
    public required double MeanCalls { get; init; }

    /// <summary>Rounds, per question.</summary>
    public required double MeanRounds { get; init; }

    /// <summary>Model calls in all.</summary>
    public required long ModelCalls { get; init; }

    /// <summary>Prompt tokens reported in all.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Generated tokens reported in all.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Calls whose tokens nobody reported.</summary>
    public required long UnreportedCalls { get; init; }

    /// <summary>Calls that failed.</summary>
    public required long FailedCalls { get; init; }

    /// <summary>Money in all, where prices are known; else 0.</summary>
    public required decimal Cost { get; init; }

    /// <summary>Questions by stop reason, by falling count.</summary>
    public required IReadOnlyDictionary<string, int> StopReasons { get; init; }

    /// <summary>The behaviours of long reasoning in its samples.</summary>
    public ThoughtCounts? Thoughts { get; init; }

    /// <summary>How the confidence fares against the outcome; null when the strategy gives none.</summary>
    public required Calibration? Calibration { get; init; }
}
