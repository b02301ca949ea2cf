using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>A line of <c>results.jsonl</c>.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Answer">The answer as text; null when there is none.</param>
/// <param name="Gold">The right answer.</param>
/// <param name="Correct">Whether the answer is right; null when it cannot be decided.</param>
/// <param name="Confidence">The strategy's confidence, 0–1; null when it gives none.</param>
/// <param name="Samples">Samples that came back.</param>
/// <param name="ModelCalls">Model calls.</param>
/// <param name="Rounds">The longest chain of calls that waited for each other.</param>
/// <param name="InputTokens">Prompt tokens reported.</param>
/// <param name="OutputTokens">Generated tokens reported.</param>
/// <param name="StopReason">Why the run ended.</param>
public sealed record EvaluationRow(string Id, string Strategy, string? Answer, string Gold, bool? Correct, double? Confidence, int Samples, long ModelCalls, int Rounds, long InputTokens, long OutputTokens, StopReason StopReason)
{
    /// <summary>The line of a record.</summary>
    public static EvaluationRow Of(EvaluationRecord record) => new(
        record.Item.Id, record.Strategy, record.Result.Answer?.Text, record.Item.Gold, record.Correct, record.Result.Confidence,
        record.Samples, record.Result.Usage.ModelCalls, record.Result.Rounds, record.Result.Usage.InputTokens, record.Result.Usage.OutputTokens, record.Result.StopReason);
}
