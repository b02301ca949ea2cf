using Agents.Search;
using Agents.Search.Outcomes;

namespace Agents.Reasoning.Strategies;

/// <summary>What a search reports of its tree while it grows. Decides nothing; where nobody watches it does nothing.</summary>
internal sealed class SearchReport(ReasoningContext context)
{
    private readonly HashSet<string> expanded = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> leaves = [];

    /// <summary>The search goes on from a node.</summary>
    public void Expanding(SearchNode node)
    {
        if (context.IsObserved && expanded.Add(node.Path) && node.Parent is not null)
            context.Report(new NodeChanged(node.Path, NodeState.Expanded));
    }

    /// <summary>A call for a step ended.</summary>
    /// <param name="path">The path of the step.</param>
    /// <param name="before">The node that it follows.</param>
    /// <param name="action">The kind of step.</param>
    /// <param name="reply">What came back.</param>
    /// <param name="step">The step in it; null when the call failed.</param>
    /// <param name="asked">When it was asked for, on the run's clock.</param>
    public void Written(string path, SearchNode before, string action, Sample reply, Step? step, long asked)
    {
        if (!context.IsObserved)
            return;
        bool isEnd = step is { IsTerminal: true, Text.Length: > 0 } || (action == SearchActions.Rollout && step is { Text.Length: > 0 });
        string? reason = step is null ? $"the call failed: {reply.Failure!.Message}" : step.Text.Length == 0 ? "it says nothing, or was cut by its length" : null;
        context.Report(new NodeChanged(path, reason is not null ? NodeState.Cut : isEnd ? NodeState.Finished : NodeState.Open)
        {
            Parent = before.Path,
            Action = action,
            Text = step?.Text ?? "",
            Reason = reason,
            Tokens = reply.Outcome.Usage is { } usage ? usage.InputTokens + usage.OutputTokens : null,
            Milliseconds = context.Time.GetElapsedTime(asked).TotalMilliseconds,
        });
    }

    /// <summary>A node was judged.</summary>
    public void Scored(SearchNode node, Verdict verdict)
    {
        if (context.IsObserved)
            context.Report(new NodeChanged(node.Path, node.IsTerminal ? NodeState.Finished : expanded.Contains(node.Path) ? NodeState.Expanded : NodeState.Open) { Score = verdict.Score, Reason = verdict.Rationale });
    }

    /// <summary>The search is over: what it did not go on from was cut.</summary>
    /// <param name="tree">All nodes.</param>
    /// <param name="written">The paths of all steps that were written.</param>
    public void Ended(IReadOnlyList<SearchNode> tree, IEnumerable<string> written)
    {
        foreach (SearchNode node in tree.Where(n => !n.IsTerminal && n.Text.Length > 0 && !expanded.Contains(n.Path)))
            context.Report(new NodeChanged(node.Path, NodeState.Cut) { Reason = WhyCut(node) });
        var kept = tree.Select(n => n.Path).ToHashSet(StringComparer.Ordinal);
        foreach (string path in written.Where(p => !kept.Contains(p) && !p.EndsWith(SearchActions.Rollout + "#0", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            context.Report(new NodeChanged(path, NodeState.Cut) { Reason = "a sibling says the same" });
    }

    /// <summary>A path is a candidate.</summary>
    public void Became(SearchNode leaf, Candidate candidate)
    {
        leaves[candidate.Index] = leaf.Path;
        if (context.IsObserved)
            context.Report(new NodeChanged(leaf.Path, NodeState.Finished) { Candidate = candidate.Index });
    }

    /// <summary>A candidate was chosen; one that no path became is not of this search.</summary>
    public void Chose(Candidate? candidate)
    {
        if (context.IsObserved && candidate is not null && leaves.TryGetValue(candidate.Index, out string? path))
            context.Report(new NodeChanged(path, NodeState.Won));
    }

    private string WhyCut(SearchNode node)
    {
        if (context.Budget.Reached is { } limit)
            return $"the limit was reached before the search went on from it ({limit})";
        return node.Score is { } score ? FormattableString.Invariant($"score {score:0.00}: the search went on from others") : "without a score: the search went on from others";
    }
}
