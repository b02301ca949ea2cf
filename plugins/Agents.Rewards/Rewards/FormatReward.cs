namespace Agents.Rewards;

/// <summary>
/// 1 when the completion has the form <c>&lt;think&gt;…&lt;/think&gt;&lt;answer&gt;…&lt;/answer&gt;</c> and holds words in both, else 0
/// (the format reward of DeepSeek-R1, arXiv:2501.12948).
/// </summary>
/// <param name="form">How strict.</param>
public sealed class FormatReward(CompletionTemplate form = CompletionTemplate.ThinkAnswer) : IReward
{
    private const CompletionFaults Thinking = CompletionFaults.NoThinking | CompletionFaults.EmptyThinking | CompletionFaults.UnclosedThinking | CompletionFaults.RepeatedThinking;
    private const CompletionFaults Answer = CompletionFaults.NoAnswer | CompletionFaults.EmptyAnswer | CompletionFaults.UnclosedAnswer | CompletionFaults.RepeatedAnswer | CompletionFaults.AnswerInThinking;

    private readonly CompletionFaults counted = form switch
    {
        CompletionTemplate.ThinkAnswer => Thinking | Answer | CompletionFaults.TextOutside,
        CompletionTemplate.ThinkAnswerLenient => Thinking | Answer,
        CompletionTemplate.Think => Thinking,
        CompletionTemplate.Answer => Answer,
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such template."),
    };

    /// <inheritdoc/>
    public string Name => "format";

    /// <inheritdoc/>
    public ValueTask<RewardScore> ScoreAsync(RewardItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        CompletionFaults faults = item.Form.Faults & counted;
        return ValueTask.FromResult(faults == CompletionFaults.None ? new RewardScore(1, "as asked") : new RewardScore(0, FaultNames.Of(faults)));
    }
}
