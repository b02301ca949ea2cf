namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="RefineStrategy"/>.</summary>
public sealed record RefineOptions
{
    /// <summary>The most candidates, drafts and revisions together, at least 1. Default 4.</summary>
    public int MaxCandidates { get; init; } = 4;

    /// <summary>The score at which a candidate is verified and the run ends, in (0, 1]. Default 0.8.</summary>
    public double Accept { get; init; } = 0.8;

    /// <summary>Revisions in a row without a better score after which the run ends, at least 1. Default 2.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>Judges the candidates and says what is wrong with them; null for none, and then the draft is the answer.</summary>
    public IVerifier? Verifier { get; init; }

    /// <summary>Writes the draft; null for one sample of <see cref="Prompt"/>. Where it gives none, that sample is drawn.</summary>
    public IReasoningStrategy? Draft { get; init; }

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How the draft is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
