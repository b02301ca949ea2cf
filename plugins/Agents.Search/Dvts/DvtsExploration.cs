using Agents.Search.Running;

namespace Agents.Search.Dvts;

internal sealed class DvtsExploration : Exploration
{
    private readonly DvtsOptions _options;
    private readonly Subtree[] _subtrees;

    public DvtsExploration(DvtsOptions options)
        : base(options.Aggregation)
    {
        _options = options;
        SearchNode root = NewRoot();
        _subtrees = [.. Enumerable.Range(0, options.Beams / options.Width).Select(index => new Subtree(index, root))];
    }

    public override IEnumerable<SearchNode> Completed => _subtrees.SelectMany(subtree => subtree.Completed);

    public override IEnumerable<SearchNode> Frontier => _subtrees.Select(subtree => subtree.Tip);

    protected override IEnumerable<Pause> Run()
    {
        yield return new Fork(_subtrees.Select(Grow));
    }

    private IEnumerable<Pause> Grow(Subtree subtree)
    {
        for (int depth = 1; depth <= _options.MaxSteps; depth++)
        {
            // The subtrees share the root: each has its own samples of the first step.
            int first = depth == 1 ? subtree.Index * _options.Width : 0;
            Trial[] siblings = [.. Enumerable.Range(first, _options.Width).Select(occurrence => new Trial(subtree.Tip, SearchActions.Step, occurrence, depth == _options.MaxSteps))];
            foreach (Pause pause in Grow(siblings, _options.Distinct, _options.Lookahead)) yield return pause;

            SearchNode[] children = [.. siblings.Select(trial => trial.Node).OfType<SearchNode>()];
            foreach (SearchNode child in children) Adopt(child);
            if (children.Ranked().FirstOrDefault() is not { } best) yield break;
            subtree.Tip = best;
            if (!best.IsTerminal) continue;
            subtree.Completed.AddRange(children.Where(child => child.IsTerminal));
            yield break;
        }
    }

    private sealed class Subtree(int index, SearchNode root)
    {
        public int Index { get; } = index;

        public SearchNode Tip { get; set; } = root;

        public List<SearchNode> Completed { get; } = [];
    }
}
