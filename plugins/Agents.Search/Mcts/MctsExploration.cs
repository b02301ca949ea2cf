using Agents.Search.Running;
using Agents.Search.Work;

namespace Agents.Search.Mcts;

internal sealed class MctsExploration : Exploration
{
    private readonly MctsOptions _options;
    private readonly MctsSelection _selection;
    private readonly MctsNode _root;
    private readonly List<SearchNode> _completed = [];

    public MctsExploration(MctsOptions options)
        : base(options.Aggregation)
    {
        _options = options;
        _selection = new MctsSelection(options);
        _root = (MctsNode)NewRoot();
    }

    public override IEnumerable<SearchNode> Completed => _completed;

    /// <summary>The line visited most.</summary>
    public override IEnumerable<SearchNode> Frontier
    {
        get
        {
            MctsNode node = _root;
            while (node.Children.MaxBy(child => child.Visits) is { } next) node = next;
            return [node];
        }
    }

    protected override IEnumerable<Pause> Run()
    {
        for (int done = 0; done < _options.Iterations;)
        {
            List<MctsTrial> batch = ChooseBatch(Math.Min(_options.Batch, _options.Iterations - done));
            if (batch.Count == 0) yield break;
            yield return new Fork(batch.Where(trial => trial.Arrived is null).Select(Try));
            foreach (MctsTrial trial in batch) Conclude(trial);
            done += batch.Count;
        }
    }

    protected override SearchNode NewNode(SearchNode? parent, string action, string path, string text, bool isTerminal) =>
        new MctsNode(parent, action, path, text, isTerminal, _options.Backup);

    /// <summary>Chooses trials one after the other; each sees those before as losses, and no loss is left when all are chosen.</summary>
    private List<MctsTrial> ChooseBatch(int size)
    {
        var batch = new List<MctsTrial>(size);
        while (batch.Count < size && Choose() is { } trial)
        {
            batch.Add(trial);
            AddVirtualVisits(trial, 1);
        }

        foreach (MctsTrial trial in batch) AddVirtualVisits(trial, -1);
        return batch;
    }

    private static void AddVirtualVisits(MctsTrial trial, int count)
    {
        for (MctsNode? node = trial.Tip; node is not null; node = (MctsNode?)node.Parent) node.VirtualVisits += count;
    }

    /// <summary>The next trial; null when nothing is left, or nothing until those under way are told.</summary>
    private MctsTrial? Choose()
    {
        while (!_root.IsExhausted)
        {
            MctsNode node = _root;
            while (true)
            {
                if (node.IsTerminal) return new MctsTrial(node, node.Action, 0, false, 0) { Arrived = node };
                (MctsNode? child, MctsChoice? choice) = _selection.Best(node);
                if (choice is not null)
                {
                    bool toEnd = choice.Action.ToEnd || node.Depth + 1 >= _options.MaxSteps;
                    return new MctsTrial(node, choice.Action.Name, choice.Taken++, toEnd, choice.Prior);
                }

                if (child is not null)
                {
                    node = child;
                    continue;
                }

                // All its actions are under way or have failed.
                if (node.VirtualVisits > 0) return null;
                node.IsExhausted = true;
                break;
            }
        }

        return null;
    }

    private IEnumerable<Pause> Try(MctsTrial trial)
    {
        foreach (Pause pause in Sample(trial)) yield return pause;
        if (trial.Node is not MctsNode node) yield break;
        SearchNode scored = node;
        if (_options.Evaluation == Evaluation.Rollout && !node.IsTerminal)
        {
            var rollout = new Question(new RolloutItem(node, null));
            yield return rollout;
            CountFailure(rollout.Outcome);
            if (rollout.FirstStep is not { } end) yield break;
            trial.End = scored = Child(node, SearchActions.Rollout, node.ChildPath(SearchActions.Rollout, 0), end, toEnd: true);
        }

        foreach (Pause pause in ScoreWithLookahead(scored, 0)) yield return pause;
        node.OwnValue = scored.Score;
    }

    /// <summary>Takes a trial into the tree and backs its value up.</summary>
    private void Conclude(MctsTrial trial)
    {
        MctsNode? node = trial.Arrived;
        if (trial.Node is MctsNode made)
        {
            node = made;
            made.Prior = trial.Prior;
            ((MctsNode)trial.Parent).Children.Add(made);
            Adopt(made);
            if (made.IsTerminal) _completed.Add(made);
        }

        if (trial.End is { } end)
        {
            Adopt(end);
            _completed.Add(end);
        }

        if (node is null) return;
        double? value = node.OwnValue;
        for (MctsNode? above = node; above is not null; above = (MctsNode?)above.Parent) above.Record(value);
    }
}
