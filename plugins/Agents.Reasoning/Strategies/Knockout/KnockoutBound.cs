namespace Agents.Reasoning.Strategies;

/// <summary>What the knockout guarantees. Chen et al. 2024, arXiv:2411.19477, theorem for the two-stage knockout.</summary>
public static class KnockoutBound
{
    /// <summary>
    /// P(wrong) ≤ (1 − p_gen)^N + ⌈log₂ N⌉·e^{−2K(p_comp − ½)²}. May exceed 1, and then says nothing. A comparison in both
    /// orders has an outcome of −1, 0 or +1 with mean 2·p_comp − 1, p_comp the mean over the orders, so the bound is the same.
    /// </summary>
    /// <param name="candidates">N, at least 1.</param>
    /// <param name="comparisons">K, at least 1.</param>
    /// <param name="generation">p_gen: P(a candidate is right), above 0.</param>
    /// <param name="comparison">p_comp: P(the judge prefers the right one of a right and a wrong one), above ½.</param>
    public static double Failure(int candidates, int comparisons, double generation, double comparison)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(comparisons, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(generation);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(comparison, 0.5);
        double edge = comparison - 0.5;
        return Math.Pow(1 - generation, candidates) + Math.Ceiling(Math.Log2(candidates)) * Math.Exp(-2 * comparisons * edge * edge);
    }
}
