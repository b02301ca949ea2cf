using System.Text.Json.Serialization;

namespace Agents.Reasoning;

/// <summary>Why a run ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>The strategy did all it set out to do.</summary>
    [JsonStringEnumMemberName("completed")] Completed,
    /// <summary>The evidence was enough before all planned samples were used.</summary>
    [JsonStringEnumMemberName("consensus")] Consensus,
    /// <summary>A verifier or checker accepted an answer.</summary>
    [JsonStringEnumMemberName("verified")] Verified,
    /// <summary>The step that was to decide gave nothing usable: the answer is the plurality of the candidates instead, which is not what was asked for.</summary>
    [JsonStringEnumMemberName("fallback")] Fallback,
    /// <summary>The limit on calls was reached; the answer is the best so far.</summary>
    [JsonStringEnumMemberName("budget_calls")] BudgetCalls,
    /// <summary>The limit on tokens was reached; the answer is the best so far.</summary>
    [JsonStringEnumMemberName("budget_tokens")] BudgetTokens,
    /// <summary>The limit on cost was reached; the answer is the best so far.</summary>
    [JsonStringEnumMemberName("budget_cost")] BudgetCost,
    /// <summary>The limit on time was reached; the answer is the best so far.</summary>
    [JsonStringEnumMemberName("budget_time")] BudgetTime,
    /// <summary>Every call failed: there is no answer.</summary>
    [JsonStringEnumMemberName("all_calls_failed")] AllCallsFailed,
    /// <summary>Samples came back, but none states an answer.</summary>
    [JsonStringEnumMemberName("no_answer")] NoAnswer,
}
