namespace Agents.Evaluation;

/// <summary>
/// The Wilson score interval of a proportion: it keeps its coverage for small samples and near 0 and 1, where
/// p ± 1.96·SE fails. Wilson 1927, JASA 22(158).
/// </summary>
public static class WilsonInterval
{
    /// <summary>The standard normal quantile of a two-sided 95 % interval.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>The interval of <paramref name="successes"/> out of <paramref name="trials"/>; [0, 1] when there are no trials.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 0.</param>
    /// <param name="z">The normal quantile; 1.96 for 95 %.</param>
    public static Interval Of(int successes, int trials, double z = Z95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (trials == 0)
            return new Interval(0, 1);

        double n = trials;
        double p = successes / n;
        double scale = 1 + z * z / n;
        double centre = (p + z * z / (2 * n)) / scale;
        double half = z / scale * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));

        // The ends are exactly 0 and 1 at the borders; rounding must not say otherwise.
        return new Interval(successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }
}
