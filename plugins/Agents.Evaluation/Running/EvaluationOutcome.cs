namespace Agents.Evaluation;

/// <summary>What an evaluation came to, whole or in part.</summary>
/// <param name="Plan">What was to be done.</param>
/// <param name="Records">The finished runs, in the order of the data, then of the strategies.</param>
public sealed record EvaluationOutcome(EvaluationPlan Plan, IReadOnlyList<EvaluationRecord> Records)
{
    /// <summary>Runs in all: questions × strategies.</summary>
    public int Total => Plan.Data.Items.Count * Plan.Strategies.Count;

    /// <summary>Whether every run has finished.</summary>
    public bool IsComplete => Records.Count == Total;
}
