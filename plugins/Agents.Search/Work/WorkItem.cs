namespace Agents.Search.Work;

/// <summary>
/// One question of a search to whoever runs it. Immutable, except that <see cref="Node"/> goes on with the search.
/// A closed family: <see cref="ExpandItem"/>, <see cref="RolloutItem"/>, <see cref="ScoreItem"/>.
/// </summary>
public abstract record WorkItem
{
    private protected WorkItem(WorkItemId id, SearchNode node)
    {
        Id = id;
        Node = node;
    }

    /// <summary>The canonical id, under which the outcome is told.</summary>
    public WorkItemId Id { get; }

    /// <summary>Expand and rollout: the node to go on from. Score: the node to score.</summary>
    public SearchNode Node { get; }
}

/// <summary>Asks for what follows a node. Answered by an <see cref="Outcomes.Expansion"/> or a <see cref="Outcomes.Failure"/>.</summary>
public sealed record ExpandItem : WorkItem
{
    internal ExpandItem(SearchNode node, string action, int occurrence, bool toEnd)
        : base(new WorkItemId(WorkKind.Expand, node.ChildPath(action, occurrence)), node)
    {
        Action = action;
        Occurrence = occurrence;
        ToEnd = toEnd;
    }

    /// <summary>The action to take: a kind of step in MCTS, a model in AB-MCTS, <c>step</c> elsewhere.</summary>
    public string Action { get; }

    /// <summary>Which sample of this action after this node, from 0. Equal prompts at different occurrences are different samples.</summary>
    public int Occurrence { get; }

    /// <summary>Whether to go on to the end of the solution instead of one step. What comes back ends its path.</summary>
    public bool ToEnd { get; }
}

/// <summary>Asks for a continuation that will be scored and not searched. Answered by an <see cref="Outcomes.Expansion"/> of one step (all of the text) or a <see cref="Outcomes.Failure"/>.</summary>
public sealed record RolloutItem : WorkItem
{
    internal RolloutItem(SearchNode node, int? maxSteps)
        : base(new WorkItemId(WorkKind.Rollout, node.Path), node) => MaxSteps = maxSteps;

    /// <summary>Steps to look ahead; null means to the end of the solution.</summary>
    public int? MaxSteps { get; }
}

/// <summary>Asks for the score of a node. Answered by a <see cref="Outcomes.Score"/>, an <see cref="Outcomes.Abstention"/> or a <see cref="Outcomes.Failure"/>.</summary>
public sealed record ScoreItem : WorkItem
{
    internal ScoreItem(SearchNode node, string? continuation)
        : base(new WorkItemId(WorkKind.Score, node.Path), node) => Continuation = continuation;

    /// <summary>The lookahead to score the node with; null without one.</summary>
    public string? Continuation { get; }
}
