namespace Agents.Rewards;

/// <summary>
/// A weighted sum of rewards with a guard before it: a completion that tries to win the reward instead of solving the question
/// gets a fixed number and is not scored. Thread-safe.
/// </summary>
public sealed class RewardFunction
{
    /// <summary>The faults that parsing can see and that no honest completion needs.</summary>
    public const CompletionFaults Hacking = CompletionFaults.SeveralAnswers | CompletionFaults.AnswerOutsideTags | CompletionFaults.EmptyThinking | CompletionFaults.AddressesJudge;

    /// <summary>A function of these rewards.</summary>
    /// <param name="parts">The rewards, at least one.</param>
    /// <exception cref="ArgumentException">There is no reward, or a weight is not finite.</exception>
    public RewardFunction(params IReadOnlyList<WeightedReward> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            throw new ArgumentException("A reward function needs at least one reward.", nameof(parts));
        if (parts.FirstOrDefault(p => !double.IsFinite(p.Weight) || !double.IsFinite(p.WhenAbstaining)) is { } part)
            throw new ArgumentException($"The weight of '{part.Reward.Name}' and what an abstention counts as must be finite.", nameof(parts));
        Parts = [.. parts];
    }

    /// <summary>The rewards.</summary>
    public IReadOnlyList<WeightedReward> Parts { get; }

    /// <summary>The faults for which a completion is refused outright. Default <see cref="Hacking"/>.</summary>
    public CompletionFaults Refused { get; init; } = Hacking;

    /// <summary>The reward of a refused completion. Default 0.</summary>
    public double RefusedReward { get; init; }

    /// <summary>The weight of the length reward within a group (<see cref="GroupLength"/>), added where completions are scored in groups; 0 for none.</summary>
    /// <exception cref="ArgumentException">The weight is not finite.</exception>
    public double GroupLengthWeight
    {
        get;
        init => field = double.IsFinite(value) ? value : throw new ArgumentException("The weight of the group's length reward must be finite.", nameof(value));
    }

    /// <summary>The reward of one completion, without what only its group decides.</summary>
    public async ValueTask<RewardResult> ScoreAsync(RewardItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        CompletionFaults faults = item.Faults;
        if ((faults & Refused) is not CompletionFaults.None and var refused)
            return new RewardResult(RefusedReward, [], faults) { RefusedFor = refused };
        var parts = new RewardPart[Parts.Count];
        double sum = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            WeightedReward part = Parts[i];
            RewardScore score = await part.Reward.ScoreAsync(item, cancellationToken).ConfigureAwait(false);
            parts[i] = new RewardPart(part.Reward.Name, part.Weight, score.Value, score.Reason);
            sum += part.Weight * (score.Value ?? part.WhenAbstaining);
        }

        return new RewardResult(sum, parts, faults);
    }

    /// <summary>The rewards of many completions, in their order; those that ask models run side by side.</summary>
    /// <param name="items">The completions.</param>
    /// <param name="parallel">Completions in work at once, at least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IReadOnlyList<RewardResult>> ScoreAllAsync(IReadOnlyList<RewardItem> items, int parallel = 16, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        var results = new RewardResult[items.Count];
        await Parallel.ForAsync(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken }, async (i, token) =>
            results[i] = await ScoreAsync(items[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        return results;
    }
}
