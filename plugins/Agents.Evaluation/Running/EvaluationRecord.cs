using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>One strategy's result on one question.</summary>
/// <param name="ItemIndex">The question's index in the data.</param>
/// <param name="StrategyIndex">The strategy's index in the plan.</param>
/// <param name="Item">The question.</param>
/// <param name="Strategy">The strategy's name in the plan.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Correct">Whether the answer is right; false without an answer; null when it cannot be decided.</param>
public sealed record EvaluationRecord(int ItemIndex, int StrategyIndex, EvaluationItem Item, string Strategy, ReasoningResult Result, bool? Correct)
{
    /// <summary>The samples that came back, failed ones not counted.</summary>
    public int Samples => Result.Candidates.Count(c => c.Sample.IsOk);
}
