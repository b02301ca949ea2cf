namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="SelectStrategy"/>.</summary>
public sealed record SelectOptions
{
    /// <summary>Solutions (N), at least 1. Default 8.</summary>
    public int Samples { get; init; } = 8;

    /// <summary>Selections (K), each over another order of the solutions, at least 1; the answer selected most often wins. Default 1, as published.</summary>
    public int Selections { get; init; } = 1;

    /// <summary>Characters of each solution that the selector sees, at least 200; the middle of longer ones is left out. Default 4000.</summary>
    public int MaxResponseLength { get; init; } = 4000;

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
