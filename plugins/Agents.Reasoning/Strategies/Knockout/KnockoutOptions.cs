namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="KnockoutStrategy"/>.</summary>
public sealed record KnockoutOptions
{
    /// <summary>Candidates (N), at least 1. Default 8.</summary>
    public int Samples { get; init; } = 8;

    /// <summary>Comparisons a pair (K), each in both orders, at least 1. Default 1; more need a judge that is right more often than not.</summary>
    public int Comparisons { get; init; } = 1;

    /// <summary>Characters of each response that the judge sees, at least 100: the end is kept, where the conclusion stands. Default 4000.</summary>
    public int MaxResponseLength { get; init; } = 4000;

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
