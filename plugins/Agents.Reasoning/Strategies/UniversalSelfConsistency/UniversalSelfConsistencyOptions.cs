namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="UniversalSelfConsistencyStrategy"/>.</summary>
public sealed record UniversalSelfConsistencyOptions
{
    /// <summary>Samples, at least 1. Default 8.</summary>
    public int Samples { get; init; } = 8;

    /// <summary>Selections, each over another order of the responses, at least 1; their plurality decides. Default 1, as published; more counter position bias.</summary>
    public int Selections { get; init; } = 1;

    /// <summary>Characters of each response that the selector sees, at least 100: the end is kept, where the conclusion stands. Default 4000.</summary>
    public int MaxResponseLength { get; init; } = 4000;

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
