namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="BestOfNStrategy"/>.</summary>
public sealed record BestOfNOptions
{
    /// <summary>Samples, at least 1. Default 16.</summary>
    public int Samples { get; init; } = 16;

    /// <summary>How the verdicts choose. Default <see cref="BestOfNSelection.WeightedVote"/>.</summary>
    public BestOfNSelection Selection { get; init; } = BestOfNSelection.WeightedVote;

    /// <summary>Judges the candidates; null for none, and then the plurality decides.</summary>
    public IVerifier? Verifier { get; init; }

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
