using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Tests;

/// <summary>Drivers: they ask, answer and tell until nothing is left to ask.</summary>
internal static class Drive
{
    /// <summary>Answers everything that is open, in order.</summary>
    public static SearchState ToEnd(TreeSearch search, SearchState state, Func<WorkItem, Outcome> answer)
    {
        while (search.Ask(state) is { Count: > 0 } open)
        {
            foreach (WorkItem item in open) state = search.Tell(state, item.Id, answer(item));
        }

        return state;
    }

    public static SearchState ToEnd(TreeSearch search, Func<WorkItem, Outcome> answer, ulong seed = 1) => ToEnd(search, search.Start(seed), answer);

    /// <summary>Keeps up to <paramref name="width"/> items in flight and tells them in random order, some twice.</summary>
    public static SearchState Shuffled(TreeSearch search, Func<WorkItem, Outcome> answer, Random random, int width, ISet<WorkItemId>? asked = null, ulong seed = 1)
    {
        SearchState state = search.Start(seed);
        while (search.Ask(state, width) is { Count: > 0 } open)
        {
            foreach (WorkItem item in open) asked?.Add(item.Id);
            WorkItem next = open[random.Next(open.Count)];
            state = search.Tell(state, next.Id, answer(next));
            if (random.Next(4) == 0) state = search.Tell(state, next.Id, new Failure("a second outcome of the same item"));
        }

        return state;
    }

    /// <summary>The whole tree as text: what two runs that grew the same tree agree on.</summary>
    public static string Picture(TreeSearch search, SearchState state)
    {
        SearchResult result = search.Result(state);
        IEnumerable<string> nodes = search.Tree(state).Select(node => FormattableString.Invariant($"{node.Path} '{node.Text}' {node.Score:R} {node.PathScore:R} {node.Visits} {node.Value:R} {node.IsTerminal}"));
        IEnumerable<string> completed = result.Completed.Select(path => FormattableString.Invariant($"done {path.Leaf.Path} {path.Score:R}"));
        IEnumerable<string> frontier = result.Frontier.Select(path => $"front {path.Leaf.Path}");
        return string.Join('\n', [.. nodes, .. completed, .. frontier, $"{result.IsFinished} {result.Nodes} {result.Failures} {result.Abstentions} {result.Unmatched}"]);
    }
}
