namespace Agents.Reasoning.Strategies;

/// <summary>Percentiles with linear interpolation between the two nearest values.</summary>
internal static class Percentile
{
    /// <summary>The percentile of some values.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <param name="percent">0 (the least) to 100 (the greatest).</param>
    public static double Of(IReadOnlyList<double> values, double percent)
    {
        double[] sorted = [.. values.Order()];
        double at = (sorted.Length - 1) * Math.Clamp(percent, 0, 100) / 100;
        int below = (int)at;
        return below == sorted.Length - 1 ? sorted[below] : sorted[below] + ((sorted[below + 1] - sorted[below]) * (at - below));
    }
}
