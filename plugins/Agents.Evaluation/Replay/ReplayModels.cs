using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>Models over recorded samples.</summary>
public static class ReplayModels
{
    /// <summary>The role that recorded samples play.</summary>
    public const string SolverRole = "solver";

    /// <summary>
    /// The samples of <paramref name="item"/> play the solver; every other role is refused: a recorded solution is no
    /// critique and no judgement, and must not be taken for one.
    /// </summary>
    public static ReasoningModels For(EvaluationItem item, string dataName = "data") =>
        new ReasoningModels(new UnrecordedSampler(item.Id)).With(SolverRole, new ReplaySampler(item, dataName));
}
