using Agents.Rewards;

namespace Agents.Distillation;

/// <summary>
/// Keeps traces that a verifier scores at or above a threshold. For questions without a known answer the threshold comes from
/// <see cref="PrecisionThreshold"/>, so that the kept traces have a stated precision.
/// </summary>
/// <param name="verifier">The verifier as a reward: its score is 0–1, an abstention drops the trace.</param>
/// <param name="threshold">The least score, 0–1.</param>
public sealed class VerifierStep(IReward verifier, double threshold) : IDistillationStep
{
    private readonly IReward verifier = verifier ?? throw new ArgumentNullException(nameof(verifier));
    private readonly double threshold = threshold is >= 0 and <= 1 ? threshold : throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold must be 0 to 1.");

    /// <inheritdoc/>
    public string Name => verifier.Name;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TraceDecision>> DecideAsync(TrainingQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var decisions = new List<TraceDecision>(question.Traces.Count);
        foreach (Trace trace in question.Traces)
        {
            RewardScore score = await verifier.ScoreAsync(new RewardItem(trace.Text) { Question = question.Question }, cancellationToken).ConfigureAwait(false);
            decisions.Add(score.Value is not { } value ? TraceDecision.Drop(trace, "verifier abstains")
                : value < threshold ? TraceDecision.Drop(trace, "score below threshold")
                : TraceDecision.Keep(trace with { VerifiedBy = [.. trace.VerifiedBy, (verifier.Name, value)] }));
        }

        return decisions;
    }
}
