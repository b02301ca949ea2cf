namespace Agents.Search;

/// <summary>
/// A node of the tree: a step and what led to it. Its path is canonical: each segment names the action and which sample of it
/// (<c>/step#2</c>), and which proposal where one sample made several (<c>/step#0.3</c>). The root has the empty path.
/// Belongs to its search; read it between calls of <c>Ask</c> and <c>Tell</c>, not during one.
/// </summary>
public class SearchNode
{
    internal SearchNode(SearchNode? parent, string action, string path, string text, bool isTerminal)
    {
        Parent = parent;
        Action = action;
        Path = path;
        Text = text;
        IsTerminal = isTerminal;
        Depth = parent is null ? 0 : parent.Depth + 1;
    }

    /// <summary>The node before; null at the root.</summary>
    public SearchNode? Parent { get; }

    /// <summary>The action that made it; empty at the root.</summary>
    public string Action { get; }

    /// <summary>The canonical path, which is the node's id.</summary>
    public string Path { get; }

    /// <summary>The text of the step.</summary>
    public string Text { get; }

    /// <summary>Whether the solution ends here.</summary>
    public bool IsTerminal { get; }

    /// <summary>The number of steps from the root.</summary>
    public int Depth { get; }

    /// <summary>The score of the step; null before it is known and when the verifier abstained.</summary>
    public double? Score { get; internal set; }

    /// <summary>The aggregated score of the path up to here; null when no step has one.</summary>
    public double? PathScore { get; internal set; }

    /// <summary>MCTS and AB-MCTS: how many trials went through here.</summary>
    public int Visits { get; internal set; }

    /// <summary>MCTS: the value backed up to here; null when no trial brought one.</summary>
    public virtual double? Value => null;

    /// <summary>The nodes from the first step to this one; empty for the root.</summary>
    public IReadOnlyList<SearchNode> FromRoot()
    {
        var nodes = new SearchNode[Depth];
        for (SearchNode node = this; node.Parent is not null; node = node.Parent) nodes[node.Depth - 1] = node;
        return nodes;
    }

    internal string ChildPath(string action, int occurrence) => $"{Path}/{action}#{occurrence}";
}
