namespace Agents.Rewards;

/// <summary>The reward of one completion and how it came about.</summary>
/// <param name="Reward">The number to train on.</param>
/// <param name="Parts">Each reward's share, in the order of the function; empty when the completion was refused outright.</param>
/// <param name="Faults">What is wrong with the completion's form.</param>
public sealed record RewardResult(double Reward, IReadOnlyList<RewardPart> Parts, CompletionFaults Faults)
{
    /// <summary>The faults for which the completion was refused outright; none where the parts were summed.</summary>
    public CompletionFaults RefusedFor { get; init; }
}

/// <summary>One reward's share.</summary>
/// <param name="Name">The reward's name.</param>
/// <param name="Weight">Its factor.</param>
/// <param name="Value">Its score before the factor; null: it abstained.</param>
/// <param name="Reason">Why.</param>
public sealed record RewardPart(string Name, double Weight, double? Value, string Reason);
