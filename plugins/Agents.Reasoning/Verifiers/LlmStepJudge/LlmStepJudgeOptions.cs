using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Verifiers;

/// <summary>Options of <see cref="LlmStepJudgeVerifier"/>.</summary>
public sealed record LlmStepJudgeOptions
{
    /// <summary>The role whose model judges. Default <c>judge</c>.</summary>
    public string Role { get; init; } = Roles.Judge;

    /// <summary>Votes on each step (K), 1–64; their mean is the score. Default 1.</summary>
    public int Votes { get; init; } = 1;

    /// <summary>How the scores of steps make the score of a whole solution. Default: the least, since one wrong step decides.</summary>
    public StepAggregation Aggregation { get; init; } = StepAggregation.Min;

    /// <summary>Characters of the step, and of those before it, that the judge sees, at least 200; the middle of longer ones is left out. Default 8,000.</summary>
    public int MaxLength { get; init; } = 8_000;
}
