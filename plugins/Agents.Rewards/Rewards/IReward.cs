namespace Agents.Rewards;

/// <summary>Scores a completion. Thread-safe; deterministic unless it asks a model.</summary>
public interface IReward
{
    /// <summary>Its name, as it stands in results.</summary>
    string Name { get; }

    /// <summary>The score of one completion. What cannot be judged is an abstention, never an exception.</summary>
    ValueTask<RewardScore> ScoreAsync(RewardItem item, CancellationToken cancellationToken = default);
}
