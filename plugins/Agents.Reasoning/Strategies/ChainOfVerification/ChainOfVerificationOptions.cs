namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="ChainOfVerificationStrategy"/>.</summary>
public sealed record ChainOfVerificationOptions
{
    /// <summary>The most verification questions (Q), at least 1. Default 4; what is planned beyond them is dropped.</summary>
    public int MaxQuestions { get; init; } = 4;

    /// <summary>Sampling temperature of draft and revision where the request sets none. Default 0.7; planning and answering are greedy.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How the draft is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
