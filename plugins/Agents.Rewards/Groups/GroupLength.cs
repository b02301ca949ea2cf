namespace Agents.Rewards;

/// <summary>
/// The length reward within a group of Kimi k1.5 (arXiv:2501.12599, section 2.3.3): of right completions the shorter get more, and wrong ones
/// gain nothing by being short. With λ = 0.5 − (length − shortest) / (longest − shortest) it is λ for a right and min(0, λ) for a wrong
/// completion, −0.5 to 0.5; 0 where all are of one length. The paper turns it on only after the first part of a training.
/// </summary>
public static class GroupLength
{
    /// <summary>The name in documents and results.</summary>
    public const string Name = "group-length";

    /// <summary>The length rewards of the completions of one prompt, in their order.</summary>
    /// <param name="lengths">Lengths of one unit, at least 0, and whether each completion is right.</param>
    public static IReadOnlyList<double> Of(IReadOnlyList<(int Length, bool IsRight)> lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        if (lengths.Count == 0)
            return [];
        int shortest = lengths.Min(l => l.Length), longest = lengths.Max(l => l.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(shortest, nameof(lengths));
        if (shortest == longest)
            return [.. lengths.Select(_ => 0.0)];
        return [.. lengths.Select(l =>
        {
            double lambda = 0.5 - ((double)(l.Length - shortest) / (longest - shortest));
            return l.IsRight ? lambda : Math.Min(0, lambda);
        })];
    }

    /// <summary>
    /// Adds the length reward to the results of one group: refused completions stay as they are and do not count for the lengths;
    /// one whose rightness is unknown, or that is alone, gets nothing, and the part says why.
    /// </summary>
    /// <param name="items">The completions of one prompt.</param>
    /// <param name="results">Their rewards so far.</param>
    /// <param name="weight">The factor, finite.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static async Task<IReadOnlyList<RewardResult>> AddAsync(IReadOnlyList<RewardItem> items, IReadOnlyList<RewardResult> results, double weight, CancellationToken cancellationToken)
    {
        var accuracy = new AccuracyReward();
        int[] counted = [.. Enumerable.Range(0, items.Count).Where(i => results[i].RefusedFor == CompletionFaults.None)];
        var right = new double?[items.Count];
        foreach (int i in counted)
            right[i] = (await accuracy.ScoreAsync(items[i], cancellationToken).ConfigureAwait(false)).Value;
        // One unit for the whole group: tokens where every length is known.
        bool hasTokens = counted.All(i => items[i].Tokens is not null);
        IReadOnlyList<double> lengths = Of([.. counted.Select(i => (hasTokens ? items[i].Tokens!.Value : items[i].Completion.Length, right[i] == 1))]);
        var added = results.ToArray();
        for (int k = 0; k < counted.Length; k++)
        {
            int i = counted[k];
            RewardScore score = counted.Length < 2 ? RewardScore.Abstain("nothing to compare with")
                : right[i] is null ? RewardScore.Abstain("whether it is right is not known")
                : new RewardScore(lengths[k], hasTokens ? "by tokens" : "by characters");
            added[i] = results[i] with { Reward = results[i].Reward + (weight * (score.Value ?? 0)), Parts = [.. results[i].Parts, new RewardPart(Name, weight, score.Value, score.Reason)] };
        }

        return added;
    }
}
