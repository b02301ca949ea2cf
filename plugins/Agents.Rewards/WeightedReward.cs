namespace Agents.Rewards;

/// <summary>A reward in a sum.</summary>
/// <param name="Reward">The reward.</param>
/// <param name="Weight">Its factor, finite.</param>
public sealed record WeightedReward(IReward Reward, double Weight = 1)
{
    /// <summary>What an abstention counts as, in the reward's own range. Default 0.</summary>
    public double WhenAbstaining { get; init; }
}
