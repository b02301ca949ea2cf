namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="VerifiedConsistencyStrategy"/>.</summary>
public sealed record VerifiedConsistencyOptions
{
    /// <summary>Samples of each stage, each at least 1. Default 4, 4, 8, 24.</summary>
    public IReadOnlyList<int> Schedule { get; init; } = [4, 4, 8, 24];

    /// <summary>The most samples, at least 1; cuts the schedule, or adds to its last stage. Default 40.</summary>
    public int MaxSamples { get; init; } = 40;

    /// <summary>Answers needed before the rule may stop, at least 1. Default 4: two samples a verifier likes would otherwise be enough.</summary>
    public int MinSamples { get; init; } = 4;

    /// <summary>The posterior at which the vote is settled, in (0.5, 1). Default 0.95. Not a guarantee for a single question.</summary>
    public double Threshold { get; init; } = 0.95;

    /// <summary>Judges the candidates; null for none, and then every vote weighs 1.</summary>
    public IVerifier? Verifier { get; init; }

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }

    /// <summary>The stages that result: the schedule cut or extended to <see cref="MaxSamples"/>.</summary>
    public IReadOnlyList<int> Stages => new AdaptiveConsistencyOptions { Schedule = Schedule, MaxSamples = MaxSamples }.Stages;
}
