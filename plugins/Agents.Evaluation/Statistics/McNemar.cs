using Agents.Reasoning.Strategies;

namespace Agents.Evaluation;

/// <summary>
/// The exact McNemar test of two strategies on the same questions: under "no difference" each question on which exactly
/// one is right is a fair coin. McNemar 1947, Psychometrika 12(2); the exact form is the two-sided binomial test.
/// </summary>
public static class McNemar
{
    /// <summary>The two-sided p-value, in (0, 1]; 1 when the two never differ.</summary>
    /// <param name="onlyFirst">Questions that only the first strategy has right, at least 0.</param>
    /// <param name="onlySecond">Questions that only the second has right, at least 0.</param>
    public static double PValue(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        int n = onlyFirst + onlySecond;
        int smaller = Math.Min(onlyFirst, onlySecond);
        if (2 * smaller == n)
            return 1;

        // P(X <= k) of Binomial(n, 1/2), from the largest term down so that nothing underflows early.
        double logTop = SpecialFunctions.LogBinomial(n, smaller) - n * Math.Log(2);
        double sum = 0, term = 1;
        for (int k = smaller; k >= 0 && term > 0; k--)
        {
            sum += term;
            term *= k / (double)(n - k + 1);
        }

        return Math.Min(1, 2 * sum * Math.Exp(logTop));
    }
}
