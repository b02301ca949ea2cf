using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>Says whether an answer is right. Deterministic and thread-safe; asked after the runs, so changing it costs no call.</summary>
public interface ICorrectness
{
    /// <summary>The rule in one sentence; it stands in the summary and the report.</summary>
    string Description { get; }

    /// <summary>True when the run's answer is right, false when it is wrong or there is none, null when it cannot be decided.</summary>
    bool? Judge(EvaluationItem item, ReasoningResult result);

    /// <summary>The same for one candidate; null when it cannot be decided.</summary>
    bool? Judge(EvaluationItem item, Candidate candidate);
}
