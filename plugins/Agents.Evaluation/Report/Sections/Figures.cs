using System.Globalization;

namespace Agents.Evaluation;

/// <summary>How numbers are written in a report.</summary>
internal static class Figures
{
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    public static string PercentRange(Interval interval) => string.Create(CultureInfo.InvariantCulture, $"{interval.Low * 100:0.0}–{interval.High * 100:0.0}");

    /// <summary>A difference of shares in percentage points, signed with a true minus.</summary>
    public static string Points(double difference) => string.Create(CultureInfo.InvariantCulture, $"{difference * 100:+0.0;−0.0;0.0}");

    public static string PointsRange(Interval interval) => $"{Points(interval.Low)} to {Points(interval.High)}";

    public static string P(double p) => p < 0.001 ? "< 0.001" : string.Create(CultureInfo.InvariantCulture, $"{p:0.000}");

    public static string Count(double value) => value switch
    {
        >= 1e7 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.0} M"),
        >= 1e4 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.0} k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:#,0.##}"),
    };

    public static string Mean(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:#,0.0}");

    /// <summary>Round steps (1, 2 or 5 times a power of ten) that divide a range into about <paramref name="wanted"/> parts.</summary>
    public static double Step(double range, int wanted)
    {
        double raw = Math.Max(range, 1e-9) / wanted;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }
}
