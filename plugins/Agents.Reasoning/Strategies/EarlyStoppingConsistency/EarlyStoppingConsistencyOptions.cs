namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="EarlyStoppingConsistencyStrategy"/>.</summary>
public sealed record EarlyStoppingConsistencyOptions
{
    /// <summary>Samples a window, at least 1. Default 5, as published.</summary>
    public int Window { get; init; } = 5;

    /// <summary>The most samples, at least 1. Default 40, as published.</summary>
    public int MaxSamples { get; init; } = 40;

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
