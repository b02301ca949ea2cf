namespace Agents.Search.Running;

/// <summary>One sample of what follows a node: asked for, and then perhaps a node.</summary>
internal class Trial(SearchNode parent, string action, int occurrence, bool toEnd)
{
    public SearchNode Parent { get; } = parent;

    public string Action { get; } = action;

    public int Occurrence { get; } = occurrence;

    public bool ToEnd { get; } = toEnd;

    /// <summary>The node it made; null before it is told, after a failure, and where an equal sibling was there first.</summary>
    public SearchNode? Node { get; set; }
}
