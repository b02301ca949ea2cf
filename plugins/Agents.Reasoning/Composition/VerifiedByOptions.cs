namespace Agents.Reasoning.Composition;

/// <summary>Options of <see cref="VerifiedByStrategy"/>.</summary>
public sealed record VerifiedByOptions
{
    /// <summary>The score from which an answer is verified, in (0, 1]. Default 0.5.</summary>
    public double Accept { get; init; } = 0.5;

    /// <summary>The most different answers judged (A), at least 1. Default 4.</summary>
    public int MaxAnswers { get; init; } = 4;
}
