namespace Agents.Search.BestFirst;

/// <summary>Which node is expanded next.</summary>
public enum ExpansionOrder
{
    /// <summary>The best score anywhere in the tree.</summary>
    BestScore,

    /// <summary>The best score of the shallowest level: with a breadth, breadth-first search as in Tree of Thoughts.</summary>
    LevelByLevel,
}
