namespace Agents.Distillation;

/// <summary>Wilson's interval of a share, 95 %.</summary>
internal static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    /// <summary>The interval; (0, 1) of nothing.</summary>
    public static (double Low, double High) Of(int hits, int of)
    {
        if (of == 0)
            return (0, 1);
        double p = (double)hits / of, middle = p + (Z * Z / (2 * of)), half = Z * Math.Sqrt((p * (1 - p) / of) + (Z * Z / (4.0 * of * of))), scale = 1 + (Z * Z / of);
        return (Math.Max(0, (middle - half) / scale), Math.Min(1, (middle + half) / scale));
    }
}
