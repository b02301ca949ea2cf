namespace Agents.Search;

/// <summary>A way through the tree, from the first step to <see cref="Leaf"/>. A snapshot: later tells do not change it.</summary>
public sealed class SearchPath
{
    internal SearchPath(SearchNode leaf)
    {
        Leaf = leaf;
        IReadOnlyList<SearchNode> nodes = leaf.FromRoot();
        Steps = [.. nodes.Select(node => node.Text)];
        Actions = [.. nodes.Select(node => node.Action)];
        Scores = [.. nodes.Select(node => node.Score)];
        Score = leaf.PathScore;
    }

    /// <summary>The last node.</summary>
    public SearchNode Leaf { get; }

    /// <summary>The texts of the steps, in order.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>The actions, one a step.</summary>
    public IReadOnlyList<string> Actions { get; }

    /// <summary>The scores, one a step; null where none is known. <see cref="Scoring.StepScores"/> reads them.</summary>
    public IReadOnlyList<double?> Scores { get; }

    /// <summary>The aggregated score, as the search is configured; null when no step has one.</summary>
    public double? Score { get; }
}
