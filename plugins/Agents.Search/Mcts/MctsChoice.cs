namespace Agents.Search.Mcts;

/// <summary>An action at a node, and how many of its samples are taken.</summary>
internal sealed class MctsChoice(SearchAction action, double prior)
{
    public SearchAction Action { get; } = action;

    /// <summary>Prior weight of one sample.</summary>
    public double Prior { get; } = prior;

    public int Taken { get; set; }

    public bool IsOpen => Taken < Action.MaxChildren;
}
