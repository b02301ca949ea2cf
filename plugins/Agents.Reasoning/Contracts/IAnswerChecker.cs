using Agents.Answers;

namespace Agents.Reasoning;

/// <summary>An exact check of an answer. Deterministic and fast: it runs inside the strategy's turn.</summary>
public interface IAnswerChecker
{
    /// <summary>True when the answer is right, false when it is wrong, null when the check does not apply to it.</summary>
    bool? Check(ReasoningRequest request, Answer answer);
}
