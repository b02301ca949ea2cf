namespace Agents.Evaluation;

/// <summary>What early-stopping self-consistency costs on a question with known answer probabilities. Li et al. 2024, arXiv:2401.10480.</summary>
public static class EarlyStoppingCost
{
    /// <summary>
    /// The expected samples: a window of w is unanimous with q = Σ pᵢ^w, so
    /// E[n] = w·[Σ_{i=0}^{L/w−2} q(1−q)^i·(i+1) + (1−q)^{L/w−1}·L/w].
    /// </summary>
    /// <param name="probabilities">P(answer) of each answer; they sum to 1.</param>
    /// <param name="window">w, at least 1.</param>
    /// <param name="cap">L, a multiple of w.</param>
    public static double ExpectedSamples(IReadOnlyList<double> probabilities, int window, int cap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(cap % window, 0);
        double q = probabilities.Sum(p => Math.Pow(p, window));
        int windows = cap / window;
        double expected = Math.Pow(1 - q, windows - 1) * windows;
        for (int i = 0; i <= windows - 2; i++)
            expected += q * Math.Pow(1 - q, i) * (i + 1);
        return window * expected;
    }
}
