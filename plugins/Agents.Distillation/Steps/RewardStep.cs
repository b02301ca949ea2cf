using Agents.Rewards;

namespace Agents.Distillation;

/// <summary>Keeps traces with a reward of at least a given value: format, language and every other reward serve as filters.</summary>
/// <param name="reward">The reward. An abstention keeps the trace: there is nothing against it.</param>
/// <param name="least">The least value.</param>
public sealed class RewardStep(IReward reward, double least) : IDistillationStep
{
    private readonly IReward reward = reward ?? throw new ArgumentNullException(nameof(reward));

    /// <inheritdoc/>
    public string Name => reward.Name;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TraceDecision>> DecideAsync(TrainingQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var decisions = new List<TraceDecision>(question.Traces.Count);
        foreach (Trace trace in question.Traces)
        {
            RewardScore score = await reward.ScoreAsync(new RewardItem(trace.Text) { Question = question.Question, Gold = question.Gold, Tokens = trace.Tokens }, cancellationToken).ConfigureAwait(false);
            decisions.Add(score.Value < least ? TraceDecision.Drop(trace, reward.Name) : TraceDecision.Keep(trace));
        }

        return decisions;
    }
}
