namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="GenerateVerifyStrategy"/>.</summary>
public sealed record GenerateVerifyOptions
{
    /// <summary>The most samples, at least 1. Default 16.</summary>
    public int MaxSamples { get; init; } = 16;

    /// <summary>Samples drawn at once, at least 1. Default 4: more wastes samples, fewer waits for verdicts.</summary>
    public int Wave { get; init; } = 4;

    /// <summary>The score at which a verdict passes, in (0, 1]. Default 0.8: what passes wrongly is returned, however many more are drawn.</summary>
    public double Accept { get; init; } = 0.8;

    /// <summary>Judges the candidates; null for none, and then nothing passes and the plurality decides.</summary>
    public IVerifier? Verifier { get; init; }

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
