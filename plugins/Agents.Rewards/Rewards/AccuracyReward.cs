using Agents.Answers;

namespace Agents.Rewards;

/// <summary>
/// 1 when the completion's one answer is equivalent to the right one, else 0: the rule-based accuracy reward of DeepSeek-R1
/// (arXiv:2501.12948). No answer and several answers are 0. Abstains where there is no right answer to compare with, or where
/// equality cannot be decided.
/// </summary>
/// <param name="equivalence">When two answers are the same; null for the default conventions.</param>
public sealed class AccuracyReward(AnswerEquivalence? equivalence = null) : IReward
{
    private readonly AnswerEquivalence equivalence = equivalence ?? AnswerEquivalence.Default;

    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public ValueTask<RewardScore> ScoreAsync(RewardItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ValueTask.FromResult(Score(item));
    }

    private RewardScore Score(RewardItem item)
    {
        if (item.Gold is null)
            return RewardScore.Abstain("the right answer is not known");
        if ((item.Faults & CompletionFaults.SeveralAnswers) != 0)
            return new(0, "several answers");
        if (item.Answer is not { } answer)
            return new(0, "no answer");
        return equivalence.Compare(Answer.Parse(item.Gold, item.Expected), answer) switch
        {
            Equivalence.Equal => new(1, "equals the right answer"),
            Equivalence.Different => new(0, "differs from the right answer"),
            _ => RewardScore.Abstain("equality with the right answer cannot be decided"),
        };
    }
}
