namespace Agents.Search.Mcts;

/// <summary>Where the value of a new node comes from.</summary>
public enum Evaluation
{
    /// <summary>From its own score.</summary>
    Score,

    /// <summary>From the score of the end of a simulation that starts at it. The end is a completed solution.</summary>
    Rollout,
}
