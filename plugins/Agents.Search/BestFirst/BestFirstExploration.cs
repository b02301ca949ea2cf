using Agents.Search.Outcomes;
using Agents.Search.Running;
using Agents.Search.Work;

namespace Agents.Search.BestFirst;

internal sealed class BestFirstExploration(BestFirstOptions options) : Exploration(options.Aggregation)
{
    // Lowest first: depth (or nothing), the score turned round, the order of making.
    private readonly PriorityQueue<SearchNode, (int Depth, double Cost, int Made)> _open = new();
    private readonly Dictionary<int, int> _takenAtDepth = [];
    private readonly List<SearchNode> _completed = [];
    private IReadOnlyList<SearchNode> _expanding = [];
    private int _expansions, _solutions;

    public override IEnumerable<SearchNode> Completed => _completed;

    public override IEnumerable<SearchNode> Frontier => _expanding;

    private bool Goes => _expansions < options.MaxExpansions && _solutions < (options.Solutions ?? int.MaxValue);

    protected override IEnumerable<Pause> Run()
    {
        Enqueue(NewRoot());
        while (TakeBatch() is { Count: > 0 } batch)
        {
            _expanding = batch;
            Family[] families = [.. batch.Select(node => new Family(node))];
            yield return new Fork(families.Select(Expand));
            foreach (SearchNode child in families.SelectMany(family => family.Children))
            {
                Adopt(child);
                Enqueue(child);
                if (child.IsTerminal) _completed.Add(child);
            }
        }
    }

    private void Enqueue(SearchNode node)
    {
        // Cost is infinite without a score: an abstention is no evidence, so such a node waits behind the others.
        double cost = -(node.PathScore ?? double.NegativeInfinity);
        _open.Enqueue(node, (options.Order == ExpansionOrder.LevelByLevel ? node.Depth : 0, cost, Nodes.Count));
    }

    private List<SearchNode> TakeBatch()
    {
        var batch = new List<SearchNode>();
        while (batch.Count < options.Batch && Goes && _open.TryPeek(out SearchNode? node, out _))
        {
            // A level is complete before any node of it is taken: those of the next level are made by this batch.
            if (options.Order == ExpansionOrder.LevelByLevel && batch.Count > 0 && node.Depth > batch[0].Depth) break;
            _open.Dequeue();
            int taken = _takenAtDepth.GetValueOrDefault(node.Depth);
            if (taken >= options.Breadth) continue;
            _takenAtDepth[node.Depth] = taken + 1;
            if (node.IsTerminal)
            {
                _solutions++;
                continue;
            }

            batch.Add(node);
            _expansions++;
        }

        return batch;
    }

    private IEnumerable<Pause> Expand(Family family)
    {
        var samples = new Question[options.Samples];
        for (int i = 0; i < samples.Length; i++) samples[i] = new Question(new ExpandItem(family.Parent, SearchActions.Step, i, family.Parent.Depth + 1 >= options.MaxSteps));
        yield return new Fork(samples.Select(Ask));

        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (Question sample in samples)
        {
            IReadOnlyList<Step> steps = (sample.Outcome as Expansion)?.Steps ?? [];
            for (int i = 0; i < steps.Count; i++)
            {
                if (options.Distinct && !texts.Add(steps[i].Text)) continue;
                var item = (ExpandItem)sample.Item;
                string path = i == 0 ? item.Id.Path : FormattableString.Invariant($"{item.Id.Path}.{i}");
                family.Children.Add(Child(family.Parent, item.Action, path, steps[i], item.ToEnd));
            }
        }

        yield return new Fork(family.Children.Select(child => ScoreWithLookahead(child, 0)));
    }

    private IEnumerable<Pause> Ask(Question sample)
    {
        yield return sample;
        CountFailure(sample.Outcome);
    }

    private sealed class Family(SearchNode parent)
    {
        public SearchNode Parent { get; } = parent;

        public List<SearchNode> Children { get; } = [];
    }
}
