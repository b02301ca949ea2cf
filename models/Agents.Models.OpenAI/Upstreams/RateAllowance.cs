namespace Agents.Models.OpenAI;

/// <summary>
/// A rate per minute as a balance that refills steadily, up to ten seconds' worth. Spending may overdraw it: tokens are known
/// only after the fact. Not thread-safe; the gate locks.
/// </summary>
internal sealed class RateAllowance(double perMinute, DateTimeOffset now)
{
    private readonly double perSecond = perMinute / 60;
    private readonly double most = Math.Max(1, perMinute / 6);
    private double balance = Math.Max(1, perMinute / 6);
    private DateTimeOffset at = now;

    public double PerMinute { get; } = perMinute;

    /// <summary>How long until <paramref name="amount"/> is there.</summary>
    public TimeSpan DelayFor(double amount, DateTimeOffset now)
    {
        Refill(now);
        return balance >= amount ? TimeSpan.Zero : TimeSpan.FromSeconds((amount - balance) / perSecond);
    }

    public void Spend(double amount, DateTimeOffset now)
    {
        Refill(now);
        balance -= amount;
    }

    private void Refill(DateTimeOffset now)
    {
        if (now <= at)
            return;
        balance = Math.Min(most, balance + (now - at).TotalSeconds * perSecond);
        at = now;
    }
}
