namespace Agents.Reasoning.Verifiers;

/// <summary>P(yes) from the log-probabilities of the verdict token: generative verifiers, Zhang et al. 2024, arXiv:2408.15240.</summary>
internal static class YesProbability
{
    /// <summary>P(yes) / (P(yes) + P(no)) at the last token that says either; null where there is none, or where it says other than was read.</summary>
    public static double? Of(CallOutcome outcome, bool saidYes)
    {
        for (int i = outcome.LogProbabilities.Count - 1; i >= 0; i--)
        {
            TokenLogProbability token = outcome.LogProbabilities[i];
            if (Says(token.Token) is not { } said)
                continue;
            if (said != saidYes)
                return null;
            (double yes, double no) = (0, 0);
            bool listed = false;
            foreach (TokenAlternative other in token.Alternatives)
            {
                listed |= string.Equals(other.Token, token.Token, StringComparison.Ordinal);
                Add(other.Token, other.LogProbability, ref yes, ref no);
            }

            if (!listed)
                Add(token.Token, token.LogProbability, ref yes, ref no);

            return yes + no > 0 && double.IsFinite(yes + no) ? yes / (yes + no) : null;
        }

        return null;
    }

    /// <summary>P(yes) / (P(yes) + P(no)) of the first token; null where the two words together have less than the least mass.</summary>
    public static double? OfFirst(CallOutcome outcome, double leastMass)
    {
        if (outcome.LogProbabilities is not [{ } token, ..])
            return null;
        (double yes, double no) = (0, 0);
        foreach (TokenAlternative other in token.Alternatives)
            Add(other.Token, other.LogProbability, ref yes, ref no);
        if (!token.Alternatives.Any(a => string.Equals(a.Token, token.Token, StringComparison.Ordinal)))
            Add(token.Token, token.LogProbability, ref yes, ref no);
        return yes + no >= leastMass && double.IsFinite(yes + no) ? yes / (yes + no) : null;
    }

    private static void Add(string token, double logProbability, ref double yes, ref double no)
    {
        if (Says(token) is { } said)
            (said ? ref yes : ref no) += Math.Exp(Math.Min(0, logProbability));
    }

    private static bool? Says(string token) => token.Trim(" \t\n\"'*_`:.▁Ġ".ToCharArray()).ToUpperInvariant() switch
    {
        "YES" or "CORRECT" or "TRUE" => true,
        "NO" or "INCORRECT" or "FALSE" => false,
        _ => null,
    };
}
