namespace Agents.Reasoning;

/// <summary>How a run is carried out. Part of the journal's header, except for concurrency.</summary>
public sealed record RunOptions
{
    /// <summary>The run's identity; a journal is found by it. Default: a new one.</summary>
    public string RunId { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>The seed from which every random choice and every sample's seed derives. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Hard limits of the whole run.</summary>
    public BudgetLimits Limits { get; init; } = BudgetLimits.None;

    /// <summary>Calls in flight at once, 1 or more. Default 64. Upstreams have limits of their own.</summary>
    public int MaxConcurrency { get; init; } = 64;

    /// <summary>Prices by role, needed for limits on cost; <c>*</c> stands for every other role.</summary>
    public IReadOnlyDictionary<string, ModelPrice> Prices { get; init; } = new Dictionary<string, ModelPrice>();
}
