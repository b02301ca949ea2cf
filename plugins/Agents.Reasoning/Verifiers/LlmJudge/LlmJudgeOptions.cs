using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Verifiers;

/// <summary>What a judge is shown of a candidate.</summary>
public enum JudgeTarget
{
    /// <summary>The whole solution, without the thinking before it; the thinking where nothing but the answer follows it.</summary>
    Solution,

    /// <summary>The final answer alone; style and length cannot win.</summary>
    Answer,
}

/// <summary>How a judge states its verdict.</summary>
public enum JudgeScale
{
    /// <summary>Yes or no; several votes, or log-probabilities, make a probability of it (GenRM, arXiv:2408.15240).</summary>
    YesNo,

    /// <summary>Points from 0 to <see cref="LlmJudgeOptions.MaxPoints"/>.</summary>
    Points,
}

/// <summary>Options of <see cref="LlmJudgeVerifier"/>.</summary>
public sealed record LlmJudgeOptions
{
    /// <summary>What the judge is shown. Default: the whole solution.</summary>
    public JudgeTarget Target { get; init; } = JudgeTarget.Solution;

    /// <summary>How the judge states its verdict. Default: yes or no.</summary>
    public JudgeScale Scale { get; init; } = JudgeScale.YesNo;

    /// <summary>The top of the scale of points, 1–1000. Default 10.</summary>
    public int MaxPoints { get; init; } = 10;

    /// <summary>Votes (K), 1–256; their mean is the score. Default 1.</summary>
    public int Votes { get; init; } = 1;

    /// <summary>Sampling temperature, at least 0; null for 0 with one vote and 0.7 with several.</summary>
    public double? Temperature { get; init; }

    /// <summary>The role whose model judges; another model than the solver's avoids self-preference. Default <c>judge</c>.</summary>
    public string Role { get; init; } = Roles.Judge;

    /// <summary>A reference answer or solution of a request, or null where there is none; a pure function. Default: <see cref="ReasoningRequest.Reference"/>.</summary>
    public Func<ReasoningRequest, string?>? Reference { get; init; }

    /// <summary>Characters of the candidate that the judge sees, at least 200; the middle of longer ones is left out. Default 16,000.</summary>
    public int MaxLength { get; init; } = 16_000;
}
