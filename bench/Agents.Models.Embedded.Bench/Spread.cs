using System.Globalization;

namespace Agents.Models.Embedded.Bench;

/// <summary>Several measurements of one thing.</summary>
internal sealed class Spread(IEnumerable<double> values)
{
    private readonly double[] sorted = [.. values.Order()];

    public double Median => sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;

    public double Least => sorted[0];

    public double Most => sorted[^1];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median,9:N0}  ({Least:N0}–{Most:N0})");
}
