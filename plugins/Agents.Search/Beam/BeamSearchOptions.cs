using Agents.Search.Scoring;

namespace Agents.Search.Beam;

/// <summary>Settings of <see cref="BeamSearch"/>, validated by it.</summary>
public sealed record BeamSearchOptions
{
    /// <summary>N, the beams: samples a level. At least 1. Default 16.</summary>
    public int Beams { get; init; } = 16;

    /// <summary>M, the expansion width: N/M beams are kept at each level, at least one. At least 1; above N it keeps one. Default 4.</summary>
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
