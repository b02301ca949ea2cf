namespace Agents.Search.Scoring;

/// <summary>Reads the scores of a path's steps. A null is an abstention: it is passed over, never counted as 0.</summary>
public static class StepScores
{
    /// <summary>The score of the path, or null when no step has one.</summary>
    public static double? Aggregate(IEnumerable<double?> scores, ScoreAggregation aggregation)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return scores.Aggregate((double?)null, (path, step) => Append(path, step, aggregation));
    }

    /// <summary>
    /// The index of the first step whose score is below the threshold, or null when there is none: where a solution goes wrong.
    /// The lowest score is not the same: after an error later steps tend to score lower still.
    /// </summary>
    public static int? FirstBelow(IReadOnlyList<double?> scores, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(scores);
        for (int i = 0; i < scores.Count; i++)
        {
            if (scores[i] < threshold) return i;
        }

        return null;
    }

    /// <summary>The score of a path that grows by one step: one operation, whatever its length.</summary>
    internal static double? Append(double? path, double? step, ScoreAggregation aggregation) => (path, step, aggregation) switch
    {
        (_, null, _) => path,
        (null, _, _) => step,
        (_, _, ScoreAggregation.Min) => Math.Min(path.Value, step.Value),
        (_, _, ScoreAggregation.Product) => path * step,
        _ => step,
    };
}
