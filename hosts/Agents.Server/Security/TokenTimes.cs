using Microsoft.IdentityModel.Tokens;

namespace Agents.Server;

/// <summary>Whether a token is in its time: by the server's clock, and by nothing else.</summary>
internal static class TokenTimes
{
    /// <summary>A check for <see cref="TokenValidationParameters.LifetimeValidator"/>; a token without an end is refused.</summary>
    /// <param name="time">The server's clock.</param>
    /// <param name="skew">How far the issuer's clock may be off, to either side.</param>
    public static LifetimeValidator By(TimeProvider time, TimeSpan skew) => (from, until, _, _) =>
    {
        DateTimeOffset now = time.GetUtcNow();
        return until is { } end && now < Utc(end) + skew && (from is not { } start || now > Utc(start) - skew);
    };

    private static DateTimeOffset Utc(DateTime moment) => new(DateTime.SpecifyKind(moment, DateTimeKind.Utc));
}
