namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="SelfRefineStrategy"/>.</summary>
public sealed record SelfRefineOptions
{
    /// <summary>The most candidates, the draft and its revisions together, at least 1. Default 3: two revisions.</summary>
    public int MaxCandidates { get; init; } = 3;

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How the draft is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
