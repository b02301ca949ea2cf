namespace Agents.Reasoning.Strategies;

/// <summary>Options of <see cref="MixtureStrategy"/>.</summary>
public sealed record MixtureOptions
{
    /// <summary>Proposers in each layer (N), at least 1. Default 6, as published.</summary>
    public int Proposers { get; init; } = 6;

    /// <summary>Layers of proposers before the aggregator (L), at least 1. Default 1, the published light form.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>The roles that propose, taken in turn; a model of its own for each is what the method lives on. Default: the solver.</summary>
    public IReadOnlyList<string> Panel { get; init; } = [Roles.Solver];

    /// <summary>The role that writes the answer from the proposals. Default <c>aggregator</c>.</summary>
    public string Aggregator { get; init; } = Roles.Aggregator;

    /// <summary>Characters of each proposal that later ones see, at least 200; the middle of longer ones is left out. Default 4000.</summary>
    public int MaxResponseLength { get; init; } = 4000;

    /// <summary>Sampling temperature of the proposers where the request sets none. Default 0.7; the aggregator's stands in its prompt.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>How the first proposals are asked for; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
