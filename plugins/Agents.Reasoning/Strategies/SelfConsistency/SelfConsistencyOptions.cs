namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="SelfConsistencyStrategy"/>.</summary>
public sealed record SelfConsistencyOptions
{
    /// <summary>Samples, at least 1. Default 40, as published.</summary>
    public int Samples { get; init; } = 40;

    /// <summary>Sampling temperature where the request sets none. Default 0.7, as published.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
