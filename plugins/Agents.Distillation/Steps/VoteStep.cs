using Agents.Answers;

namespace Agents.Distillation;

/// <summary>
/// For questions without a known answer: keeps traces whose answer is the plurality's, where that holds at least a given share of
/// all traces. Huang et al. 2022, arXiv:2210.11610. How precise that is depends on the model; the report measures it where answers are known.
/// </summary>
public sealed class VoteStep : IDistillationStep
{
    private readonly double share;
    private readonly int votes;

    /// <summary>A step.</summary>
    /// <param name="share">The least share of the traces that must state the answer, over 0 to 1.</param>
    /// <param name="votes">The fewest traces that a vote is taken over, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public VoteStep(double share, int votes = 4)
    {
        if (!(share is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be over 0 and at most 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(votes, 1);
        this.share = share;
        this.votes = votes;
    }

    /// <inheritdoc/>
    public string Name => "vote";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TraceDecision>> DecideAsync(TrainingQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        VoteTally tally = VoteTally.Count(question.Traces.Select((t, i) => new Ballot(i, t.Answer)), AnswerEquivalence.Default);
        // Abstentions count against a consensus: the share is of all traces, not only of those that answer.
        double held = question.Traces.Count == 0 ? 0 : (double)(tally.Leader?.Count ?? 0) / question.Traces.Count;
        var leaders = new HashSet<int>(tally.Leader?.Voters ?? []);
        return ValueTask.FromResult<IReadOnlyList<TraceDecision>>([.. question.Traces.Select((trace, i) =>
            question.Traces.Count < votes ? TraceDecision.Drop(trace, "too few votes")
            : held < share ? TraceDecision.Drop(trace, "no consensus")
            : trace.Answer is null ? TraceDecision.Drop(trace, "no answer")
            : !leaders.Contains(i) ? TraceDecision.Drop(trace, "minority answer")
            : TraceDecision.Keep(trace with { VerifiedBy = [.. trace.VerifiedBy, ("vote", held)] }))]);
    }
}
