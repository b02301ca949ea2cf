namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="DebateStrategy"/>.</summary>
public sealed record DebateOptions
{
    /// <summary>Debaters (N), at least 1. Default 3, as published.</summary>
    public int Debaters { get; init; } = 3;

    /// <summary>Rounds in which everyone answers again with the others' solutions in view (R), at least 0. Default 2.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>The roles that debate, taken in turn; a model of its own for each makes them differ. Default: the solver.</summary>
    public IReadOnlyList<string> Panel { get; init; } = [Roles.Solver];

    /// <summary>Characters of each solution that the others see, at least 200; the middle of longer ones is left out. Default 4000.</summary>
    public int MaxResponseLength { get; init; } = 4000;

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How the first solutions are asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
