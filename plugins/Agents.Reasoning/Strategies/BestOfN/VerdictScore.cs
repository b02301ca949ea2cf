namespace Agents.Reasoning.Strategies;

/// <summary>What a candidate's verdicts weigh. An abstention is no evidence: it counts as the prior, never as 0.</summary>
internal static class VerdictScore
{
    /// <summary>The score of a candidate of which nothing is known, so that the weight 2s of a vote is 1.</summary>
    public const double Prior = 0.5;

    /// <summary>The mean of the scores given, or null when none was: every verifier abstained, or none has spoken.</summary>
    public static double? Of(Candidate candidate)
    {
        double[] scores = [.. candidate.Verdicts.Select(v => v.Score).OfType<double>()];
        return scores.Length == 0 ? null : scores.Average();
    }

    /// <summary>The score, or the prior where there is none.</summary>
    public static double OrPrior(Candidate candidate) => Of(candidate) ?? Prior;
}
