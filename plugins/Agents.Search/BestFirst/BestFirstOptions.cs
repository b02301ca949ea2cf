using Agents.Search.Scoring;

namespace Agents.Search.BestFirst;

/// <summary>Settings of <see cref="BestFirstSearch"/>, validated by it.</summary>
public sealed record BestFirstOptions
{
    /// <summary>Which node is expanded next. Default <see cref="ExpansionOrder.BestScore"/>.</summary>
    public ExpansionOrder Order { get; init; }

    /// <summary>b, the nodes that may be taken from one depth, ended ones included; null, the default, for no limit.</summary>
    public int? Breadth { get; init; }

    /// <summary>Samples an expansion; each may propose several steps. At least 1. Default 1, as for a prompt that proposes a list.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>Nodes taken at once, which are expanded side by side. At least 1. Default 1. A larger batch needs fewer rounds and takes nodes that a smaller one would have passed over.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Expansions in all. At least 1. Default 100.</summary>
    public int MaxExpansions { get; init; } = 100;

    /// <summary>Levels; at the last one solutions are asked to the end. At least 1. Default 40.</summary>
    public int MaxSteps { get; init; } = 40;

    /// <summary>Ended nodes to take before the search stops; null takes all there are. At least 1. Default 1.</summary>
    public int? Solutions { get; init; } = 1;

    /// <summary>How a path is scored. Default <see cref="ScoreAggregation.Last"/>.</summary>
    public ScoreAggregation Aggregation { get; init; }

    /// <summary>Whether a step equal to an earlier sibling's is dropped before it is scored. Default true.</summary>
    public bool Distinct { get; init; } = true;

    /// <summary>Breadth-first search of Tree of Thoughts: b nodes a level, <paramref name="steps"/> levels, all ended nodes of the last level in the result.</summary>
    public static BestFirstOptions TreeOfThoughts(int breadth, int steps) => new()
    {
        Order = ExpansionOrder.LevelByLevel,
        Breadth = breadth,
        Batch = breadth,
        MaxSteps = steps,
        MaxExpansions = (int)Math.Min(int.MaxValue, Math.Max(1L, (long)breadth * steps)),
        Solutions = null,
    };
}
