using Agents.Search.Scoring;

namespace Agents.Evaluation;

/// <summary>The threshold below which a step is called wrong.</summary>
internal static class FirstErrorThreshold
{
    /// <summary>The threshold with which most solutions are right: the first wrong step is named, or none where none is wrong. Of several the lowest; 0 names no step.</summary>
    public static double Fit(IReadOnlyList<ScoredTrace> scored)
    {
        // Just above a score, so that the rule "below" takes it in.
        double[] tried = [0, .. scored.SelectMany(s => s.Scores).OfType<double>().Distinct().Order().Select(Math.BitIncrement)];
        (double best, int most) = (0, -1);
        foreach (double threshold in tried)
        {
            int right = scored.Count(s => StepScores.FirstBelow(s.Scores, threshold) == s.Trace.FirstError);
            if (right > most)
                (best, most) = (threshold, right);
        }

        return best;
    }
}
