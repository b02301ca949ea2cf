using Agents.Reasoning.Strategies;

namespace Agents.Evaluation;

/// <summary>Options of <see cref="SelectionBench"/>.</summary>
public sealed record SelectionBenchOptions
{
    /// <summary>Synthetic problems, at least 1. Default 12,000: a standard error of 0.4 points.</summary>
    public int Problems { get; init; } = 12_000;

    /// <summary>The seed; the same seed gives the same table on every machine.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The verifiers simulated.</summary>
    public IReadOnlyList<VerifierQuality> Verifiers { get; init; } = [new(0.5, 0), new(0.65, 0), new(0.8, 0), new(0.65, 0.9), new(0.8, 0.9)];

    /// <summary>The stop rule: schedule, cap, threshold. Its cap is the N of the fixed selections.</summary>
    public VerifiedConsistencyOptions Rule { get; init; } = new();
}
