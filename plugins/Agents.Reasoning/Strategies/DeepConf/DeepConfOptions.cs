namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="DeepConfStrategy"/>.</summary>
public sealed record DeepConfOptions
{
    /// <summary>N, samples in all, at least 1. Default 64; the paper's are 256 to 512.</summary>
    public int Samples { get; init; } = 64;

    /// <summary>Samples drawn whole, from which the threshold is taken, at least 1. With as many or more than N nothing is cut. Default 16, as published.</summary>
    public int WarmUp { get; init; } = 16;

    /// <summary>Tokens of a group, at least 1. Default 2048, as published for long thinking: shorter samples are scored whole and never cut.</summary>
    public int Window { get; init; } = 2048;

    /// <summary>η, the share of warm-up samples that the threshold lets pass, in (0, 1). Default 0.9, the careful setting; 0.1 is the sparing one.</summary>
    public double Keep { get; init; } = 0.9;

    /// <summary>How many of the most likely tokens a token's confidence is taken over, 1–20. Default 20.</summary>
    public int Alternatives { get; init; } = 20;

    /// <summary>Sampling temperature where the request sets none. Default 0.6, as published.</summary>
    public double Temperature { get; init; } = 0.6;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
