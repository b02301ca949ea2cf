namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="BudgetForcingStrategy"/>.</summary>
public sealed record BudgetForcingOptions
{
    /// <summary>The words that were tried by the authors, and that of the embedded model, by which it goes back.</summary>
    public static IReadOnlyList<string> Words { get; } = ["Wait", "Alternatively", "Hmm", "Wait, that is wrong."];

    /// <summary>Tokens of thinking in all, at least 1. Default 32,000, as published.</summary>
    public int MaxThinkingTokens { get; init; } = 32_000;

    /// <summary>How often an end of thinking is not accepted, at least 0. Default 1.</summary>
    public int Ignored { get; init; } = 1;

    /// <summary>What is written in place of an end of thinking that is not accepted. Default "Wait".</summary>
    public string Word { get; init; } = "Wait";

    /// <summary>Sampling temperature where the request sets none. Default 0, as published.</summary>
    public double Temperature { get; init; }

    /// <summary>How the solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
