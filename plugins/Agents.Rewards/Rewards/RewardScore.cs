namespace Agents.Rewards;

/// <summary>What a reward says of a completion.</summary>
/// <param name="Value">The score, in the reward's own range; null: it abstains.</param>
/// <param name="Reason">Why, in a few words.</param>
public readonly record struct RewardScore(double? Value, string Reason)
{
    /// <summary>An abstention.</summary>
    public static RewardScore Abstain(string reason) => new(null, reason);
}
