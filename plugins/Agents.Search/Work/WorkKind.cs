namespace Agents.Search.Work;

/// <summary>What a work item asks for.</summary>
public enum WorkKind
{
    /// <summary>The next step after a node, or the rest of the solution.</summary>
    Expand,

    /// <summary>A continuation that is scored and not searched: the end of a simulation, or a lookahead.</summary>
    Rollout,

    /// <summary>The score of a node.</summary>
    Score,
}
