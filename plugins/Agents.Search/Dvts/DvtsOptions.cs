using Agents.Search.Scoring;

namespace Agents.Search.Dvts;

/// <summary>Settings of <see cref="DvtsSearch"/>, validated by it.</summary>
public sealed record DvtsOptions
{
    /// <summary>N, the beams: a multiple of <see cref="Width"/>. Default 16.</summary>
    public int Beams { get; init; } = 16;

    /// <summary>M, the children that each of the N/M subtrees samples a level. At least 1. Default 4.</summary>
    public int Width { get; init; } = 4;

    /// <summary>Levels; at the last one solutions are asked to the end. At least 1. Default 40.</summary>
    public int MaxSteps { get; init; } = 40;

    /// <summary>How a path is scored. Default <see cref="ScoreAggregation.Last"/>.</summary>
    public ScoreAggregation Aggregation { get; init; }

    /// <summary>Steps to look ahead before a node is scored; 0, the default, scores the node itself.</summary>
    public int Lookahead { get; init; }

    /// <summary>Whether a step equal to an earlier sibling's is dropped before it is scored. Default true.</summary>
    public bool Distinct { get; init; } = true;
}
