namespace Agents.Evaluation;

/// <summary>
/// The percentile bootstrap of a mean paired difference: questions are resampled with replacement, so that what makes a
/// question hard for both strategies cancels. Efron 1979, Annals of Statistics 7(1).
/// </summary>
public static class PairedBootstrap
{
    /// <summary>The interval of the mean of <paramref name="differences"/>; the same seed gives the same interval.</summary>
    /// <param name="differences">One difference a question, such as +1, 0 or −1; at least one.</param>
    /// <param name="seed">The seed of the resampling.</param>
    /// <param name="resamples">Resamples, at least 100.</param>
    /// <param name="confidence">The interval's mass, in (0, 1).</param>
    public static Interval MeanInterval(ReadOnlySpan<double> differences, long seed, int resamples = 10_000, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfZero(differences.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var random = new SplitMix64(unchecked((ulong)seed));
        var means = new double[resamples];
        for (int r = 0; r < resamples; r++)
        {
            double sum = 0;
            for (int i = 0; i < differences.Length; i++)
                sum += differences[random.Next(differences.Length)];
            means[r] = sum / differences.Length;
        }

        Array.Sort(means);
        double tail = (1 - confidence) / 2;
        return new Interval(Quantile(means, tail), Quantile(means, 1 - tail));
    }

    // Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
    private static double Quantile(double[] sorted, double q)
    {
        double at = q * (sorted.Length - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
