using Agents.Reasoning.Verifiers;

namespace Agents.Reasoning.Strategies;

/// <summary>Options of the strategies that search step by step. What N and M are, each strategy says; where a value is null, its own default holds.</summary>
public sealed record StepSearchOptions
{
    /// <summary>N: beams, particles, expansions or trials, at least 1.</summary>
    public int? Samples { get; init; }

    /// <summary>M: the samples that follow one step, at least 1. Default 4.</summary>
    public int Width { get; init; } = 4;

    /// <summary>T: steps, at least 1; at the last one solutions are asked to the end.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>b of Tree of Thoughts, for best-first search: the best b nodes of a level are expanded together, level by level, and all ended ones are candidates. Null, the default: the best node anywhere is expanded.</summary>
    public int? Breadth { get; init; }

    /// <summary>Whether a step equal to an earlier sibling's is dropped before it is judged, for best-first search. Default true.</summary>
    public bool DropsEqualSteps { get; init; } = true;

    /// <summary>Judges every step; a verifier of whole solutions is lifted by <see cref="StepVerifiers.Of"/>. Null for none: then no step has a score, and the plurality decides.</summary>
    public IVerifier? Verifier { get; init; }

    /// <summary>How the scores of steps make the score of a path. Default: the last one.</summary>
    public StepAggregation Aggregation { get; init; } = StepAggregation.Last;

    /// <summary>How the completed solutions choose the answer. Default: the vote weighted by score.</summary>
    public BestOfNSelection Selection { get; init; } = BestOfNSelection.WeightedVote;

    /// <summary>Sampling temperature where the request sets none. Default 0.8.</summary>
    public double Temperature { get; init; } = 0.8;

    /// <summary>How a solution is asked for where the model continues a partial turn; null for zero-shot chain of thought.</summary>
    public SolutionPrompt? Prompt { get; init; }
}
