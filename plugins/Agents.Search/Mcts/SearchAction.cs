namespace Agents.Search.Mcts;

/// <summary>An action of an open set: a kind of step that a generator can be asked for.</summary>
public sealed record SearchAction
{
    /// <summary>An action.</summary>
    /// <param name="name">Its name, unique in its set, without '/', '#' and ';'.</param>
    public SearchAction(string name) => Name = name;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>How many samples of it may follow one node. At least 1. Default 1.</summary>
    public int MaxChildren { get; init; } = 1;

    /// <summary>The actions that it may follow, "" for the start; null, the default, for any.</summary>
    public IReadOnlyList<string>? After { get; init; }

    /// <summary>Whether it goes on to the end of the solution. Default false.</summary>
    public bool ToEnd { get; init; }

    /// <summary>Prior weight in PUCT, shared by its samples; the weights at one node are made to sum to 1. Above 0. Default 1.</summary>
    public double Prior { get; init; } = 1;
}
