namespace Agents.Rewards;

/// <summary>The advantages of the completions of one prompt.</summary>
/// <param name="Advantages">In the order of the rewards; they sum to zero up to rounding.</param>
/// <param name="Mean">The mean reward.</param>
/// <param name="StandardDeviation">The rewards' sample standard deviation (divided by n − 1), 0 for a single completion.</param>
/// <param name="IsFlat">All rewards are the same: the advantages are zero and the group teaches nothing.</param>
public sealed record GroupAdvantages(IReadOnlyList<double> Advantages, double Mean, double StandardDeviation, bool IsFlat)
{
    /// <summary>The advantages of a group.</summary>
    /// <param name="rewards">The rewards of the completions of one prompt, at least one, finite.</param>
    /// <param name="rule">The rule.</param>
    /// <exception cref="ArgumentException">There is no reward, or one is not finite.</exception>
    /// <remarks>The deviation is that of the sample, as trainers compute it; they add 1e-4 to it, which is left out here.</remarks>
    public static GroupAdvantages Of(IReadOnlyList<double> rewards, AdvantageRule rule = AdvantageRule.Grpo)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        if (rewards.Count == 0)
            throw new ArgumentException("A group needs at least one reward.", nameof(rewards));
        for (int i = 0; i < rewards.Count; i++)
        {
            if (!double.IsFinite(rewards[i]))
                throw new ArgumentException($"Reward {i} of the group is {rewards[i]}; rewards must be finite.", nameof(rewards));
        }

        bool isFlat = rewards.All(r => r == rewards[0]);
        double mean = isFlat ? rewards[0] : rewards.Sum() / rewards.Count;
        double deviation = isFlat ? 0 : Math.Sqrt(rewards.Sum(r => (r - mean) * (r - mean)) / (rewards.Count - 1));
        double scale = rule == AdvantageRule.Grpo && !isFlat ? 1 / deviation : 1;
        return new GroupAdvantages([.. rewards.Select(r => isFlat ? 0 : (r - mean) * scale)], mean, deviation, isFlat);
    }
}
