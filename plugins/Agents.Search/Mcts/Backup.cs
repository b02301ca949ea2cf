namespace Agents.Search.Mcts;

/// <summary>What a node's value is made of.</summary>
public enum Backup
{
    /// <summary>The mean of the trials through it.</summary>
    Mean,

    /// <summary>The best trial through it.</summary>
    Max,
}
