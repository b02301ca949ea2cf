namespace Agents.Evaluation;

/// <summary>
/// pass@k: the chance that at least one of k samples is right, estimated without bias from n ≥ k samples of which c are right.
/// Chen et al. 2021, arXiv:2107.03374.
/// </summary>
public static class PassAtK
{
    /// <summary>1 − C(n−c, k) / C(n, k), as the product 1 − ∏_{i=n−c+1..n} (1 − k/i), which neither overflows nor cancels.</summary>
    /// <param name="samples">n, at least <paramref name="k"/>.</param>
    /// <param name="correct">c, 0 to n.</param>
    /// <param name="k">k, at least 1.</param>
    public static double Unbiased(int samples, int correct, int k)
    {
        Check(samples, correct, k);
        if (samples - correct < k)
            return 1;
        double allWrong = 1;
        for (int i = samples - correct + 1; i <= samples; i++)
            allWrong *= 1 - (double)k / i;
        return 1 - allWrong;
    }

    /// <summary>pass^k: the chance that all of k samples are right, C(c, k) / C(n, k). Yao et al. 2024 (τ-bench), arXiv:2406.12045.</summary>
    /// <param name="samples">n, at least <paramref name="k"/>.</param>
    /// <param name="correct">c, 0 to n.</param>
    /// <param name="k">k, at least 1.</param>
    public static double AllOf(int samples, int correct, int k)
    {
        Check(samples, correct, k);
        double allRight = 1;
        for (int i = 0; i < k && allRight > 0; i++)
            allRight *= Math.Max(0, correct - i) / (double)(samples - i);
        return allRight;
    }

    private static void Check(int samples, int correct, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, k);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correct, samples);
    }
}
