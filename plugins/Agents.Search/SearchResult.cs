namespace Agents.Search;

/// <summary>What a search has found so far. A snapshot, which may be taken at any point.</summary>
public sealed record SearchResult
{
    /// <summary>Whether nothing is left to ask.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>The complete solutions, best score first; paths without a score last; ties in the order of the search. May be empty.</summary>
    public required IReadOnlyList<SearchPath> Completed { get; init; }

    /// <summary>
    /// The paths that the search goes on from, in its order: beams, subtree tips, particles (with repetition, and with the finished ones, which keep competing),
    /// the nodes expanded last, or the line visited most. What there is to show when nothing was completed.
    /// </summary>
    public required IReadOnlyList<SearchPath> Frontier { get; init; }

    /// <summary>The number of nodes, without the root.</summary>
    public required int Nodes { get; init; }

    /// <summary>The number of failed expansions and rollouts.</summary>
    public required int Failures { get; init; }

    /// <summary>The number of scores that a verifier could not give.</summary>
    public required int Abstentions { get; init; }

    /// <summary>The number of outcomes told for items that were not asked for yet. They wait; above 0 in a finished search, some id was wrong.</summary>
    public required int Unmatched { get; init; }

    /// <summary>The best complete solution, or null when there is none.</summary>
    public SearchPath? Best => Completed.Count > 0 ? Completed[0] : null;
}
