namespace Agents.Search.AbMcts;

/// <summary>An answer with its arms.</summary>
internal sealed class AbMctsNode(SearchNode? parent, string action, string path, string text, bool isTerminal, int actions)
    : SearchNode(parent, action, path, text, isTerminal)
{
    // Fields, because an arm is a mutable struct that is added to in place.
    public Arm Generate, Continue;

    /// <summary>The arm of this node as its parent's child: its own score, and those of all answers below it.</summary>
    public Arm Own;

    /// <summary>One arm a model.</summary>
    public Arm[] Models { get; } = new Arm[actions];

    /// <summary>Samples asked of each model here.</summary>
    public int[] Occurrences { get; } = new int[actions];

    public List<AbMctsNode> Children { get; } = [];
}
