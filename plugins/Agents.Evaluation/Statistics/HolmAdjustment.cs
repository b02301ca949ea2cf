namespace Agents.Evaluation;

/// <summary>
/// Holm's step-down adjustment: with m comparisons, testing adjusted p-values at 5 % keeps the chance of any false claim
/// at 5 %. Holm 1979, Scandinavian Journal of Statistics 6(2).
/// </summary>
public static class HolmAdjustment
{
    /// <summary>The adjusted p-values, in the order given; each at least its raw value and at most 1.</summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        double running = 0;
        int rank = 0;
        foreach (int i in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            running = Math.Max(running, Math.Min(1, pValues[i] * (pValues.Count - rank++)));
            adjusted[i] = running;
        }

        return adjusted;
    }
}
