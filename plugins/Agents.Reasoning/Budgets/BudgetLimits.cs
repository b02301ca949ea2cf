namespace Agents.Reasoning;

/// <summary>Hard limits of a run or of a part of one. Decided before a call is launched; null means unlimited.</summary>
public sealed record BudgetLimits
{
    /// <summary>No limit.</summary>
    public static BudgetLimits None { get; } = new();

    /// <summary>Model calls, at least 0.</summary>
    public int? Calls { get; init; }

    /// <summary>Input plus output tokens, at least 0.</summary>
    public long? Tokens { get; init; }

    /// <summary>Money in the currency of the prices, at least 0.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Wall-clock time from the start of the run, more than 0.</summary>
    public TimeSpan? Time { get; init; }
}
