namespace Agents.Reasoning.Strategies;

/// <summary>A stage of a cascade.</summary>
/// <param name="Role">The role whose model solves.</param>
/// <param name="Samples">Samples drawn, at least 1. Agreement needs several, or a verifier.</param>
public sealed record CascadeStage(string Role, int Samples);

/// <summary>Options of <see cref="CascadeStrategy"/>.</summary>
public sealed record CascadeOptions
{
    /// <summary>The stages; where every one's role has a price declared, they run in order of price, else as they stand. Default: 4 samples of the solver, then 4 of the expert.</summary>
    public IReadOnlyList<CascadeStage> Stages { get; init; } = [new(Roles.Solver, 4), new(Roles.Expert, 4)];

    /// <summary>How strong a stage's evidence must be to end the run, in (0, 1]: the score of its answer, or the agreement of its samples. Default 0.75.</summary>
    public double Accept { get; init; } = 0.75;

    /// <summary>Judges the candidates; null for none, and then agreement alone counts.</summary>
    public IVerifier? Verifier { get; init; }

    /// <summary>Sampling temperature where the request sets none. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How each solution is asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
