namespace Agents.Search.AbMcts;

/// <summary>Settings of <see cref="AbMctsSearch"/>, validated by it.</summary>
public sealed record AbMctsOptions
{
    /// <summary>The models, or other ways, to generate with; names without '/', '#' and ';'. At least one. Default one, <c>step</c>.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [SearchActions.Step];

    /// <summary>Trials in all: one answer each. At least 1. Default 32.</summary>
    public int Iterations { get; init; } = 32;

    /// <summary>Trials at once. At least 1. Default 1. Above 5 or so the tree grows too wide.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>What is believed about scores. Default <see cref="ScorePrior.NormalInverseChiSquared"/>.</summary>
    public ScorePrior Prior { get; init; }
}
