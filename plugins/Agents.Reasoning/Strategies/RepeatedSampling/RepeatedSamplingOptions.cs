namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="RepeatedSamplingStrategy"/>.</summary>
public sealed record RepeatedSamplingOptions
{
    /// <summary>Samples, at least 1. Default 100.</summary>
    public int Samples { get; init; } = 100;

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
