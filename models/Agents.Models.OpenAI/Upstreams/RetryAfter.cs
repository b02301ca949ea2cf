using System.Globalization;

namespace Agents.Models.OpenAI;

/// <summary>Reads how long an upstream asks to wait: <c>retry-after-ms</c>, or <c>Retry-After</c> in seconds or as a date.</summary>
internal static class RetryAfter
{
    public static TimeSpan? Read(Func<string, string?> header, DateTimeOffset now, TimeSpan most)
    {
        if (double.TryParse(header("retry-after-ms"), NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds))
            return Clamp(milliseconds / 1000, most);
        if (header("Retry-After") is not { } value)
            return null;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
            return Clamp(seconds, most);
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? Clamp((date - now).TotalSeconds, most)
            : null;
    }

    private static TimeSpan? Clamp(double seconds, TimeSpan most) =>
        double.IsNaN(seconds) ? null : TimeSpan.FromSeconds(Math.Clamp(seconds, 0, most.TotalSeconds));
}
