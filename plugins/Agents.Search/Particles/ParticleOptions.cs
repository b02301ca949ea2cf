using Agents.Search.Scoring;

namespace Agents.Search.Particles;

/// <summary>Settings of <see cref="ParticleSearch"/>, validated by it.</summary>
public sealed record ParticleOptions
{
    /// <summary>N, the particles. At least 1. Default 16.</summary>
    public int Particles { get; init; } = 16;

    /// <summary>Steps; at the last one solutions are asked to the end. At least 1. Default 40.</summary>
    public int MaxSteps { get; init; } = 40;

    /// <summary>How the population is drawn anew. Default <see cref="Particles.Resampling.Multinomial"/>.</summary>
    public Resampling Resampling { get; init; }

    /// <summary>
    /// The entropy of the weights, as a share of its largest value ln N, that the first resampling must keep, 0–1. Weights that are more certain are flattened by a
    /// temperature until they keep it. The floor falls linearly to 0 over <see cref="AnnealingSteps"/>. Default 0: no annealing.
    /// </summary>
    public double EntropyFloor { get; init; }

    /// <summary>Steps over which the floor falls to 0. At least 1. Default 10.</summary>
    public int AnnealingSteps { get; init; } = 10;

    /// <summary>Steps to look ahead before a node is scored; 0, the default, scores the node itself.</summary>
    public int Lookahead { get; init; }

    /// <summary>How a path is scored in the result; the weights use the score of the last step. Default <see cref="ScoreAggregation.Last"/>.</summary>
    public ScoreAggregation Aggregation { get; init; }
}
