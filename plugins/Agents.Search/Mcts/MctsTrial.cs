using Agents.Search.Running;

namespace Agents.Search.Mcts;

/// <summary>One trial: a way down, and what it found.</summary>
internal sealed class MctsTrial(MctsNode parent, string action, int occurrence, bool toEnd, double prior) : Trial(parent, action, occurrence, toEnd)
{
    public double Prior { get; } = prior;

    /// <summary>The ended node where it arrived; null when it takes an action.</summary>
    public MctsNode? Arrived { get; init; }

    /// <summary>The end of its simulation.</summary>
    public SearchNode? End { get; set; }

    /// <summary>The last node of the way down.</summary>
    public MctsNode Tip => Arrived ?? (MctsNode)Parent;
}
