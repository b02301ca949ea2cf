using Agents.Search.Randomness;
using Agents.Search.Running;
using Agents.Search.Scoring;

namespace Agents.Search.AbMcts;

internal sealed class AbMctsExploration : Exploration
{
    private readonly AbMctsOptions _options;
    private readonly ulong _seed;
    private readonly AbMctsNode _root;

    public AbMctsExploration(AbMctsOptions options, ulong seed)
        : base(ScoreAggregation.Last)
    {
        _options = options;
        _seed = seed;
        _root = (AbMctsNode)NewRoot();
    }

    /// <summary>Every node is an answer; they were taken in batch by batch.</summary>
    public override IEnumerable<SearchNode> Completed => Nodes;

    /// <summary>The line visited most.</summary>
    public override IEnumerable<SearchNode> Frontier
    {
        get
        {
            AbMctsNode node = _root;
            while (node.Children.MaxBy(child => child.Visits) is { } next) node = next;
            return [node];
        }
    }

    protected override IEnumerable<Pause> Run()
    {
        for (int done = 0; done < _options.Iterations;)
        {
            int size = Math.Min(_options.Batch, _options.Iterations - done);
            Trial[] batch = [.. Enumerable.Range(done, size).Select(Choose)];
            yield return new Fork(batch.Select(trial => SampleAndScore(trial, 0)));
            foreach (Trial trial in batch) Conclude(trial);
            done += size;
        }
    }

    protected override SearchNode NewNode(SearchNode? parent, string action, string path, string text, bool isTerminal) =>
        new AbMctsNode(parent, action, path, text, isTerminal, _options.Actions.Count);

    /// <summary>Trial by trial a stream of its own, so that a draw does not depend on how long other trials went on.</summary>
    private Trial Choose(int trial)
    {
        var random = new CounterRandom(_seed, "trial", trial);
        AbMctsNode node = _root;
        while (node.Children.Count > 0 && node.Continue.Draw(_options.Prior, random) > node.Generate.Draw(_options.Prior, random))
            node = node.Children.MaxBy(child => child.Own.Draw(_options.Prior, random))!;

        // One model needs no draw.
        int model = _options.Actions.Count == 1 ? 0 : Enumerable.Range(0, _options.Actions.Count).MaxBy(i => node.Models[i].Draw(_options.Prior, random));
        return new Trial(node, _options.Actions[model], node.Occurrences[model]++, toEnd: true);
    }

    private void Conclude(Trial trial)
    {
        if (trial.Node is not AbMctsNode made) return;
        var parent = (AbMctsNode)trial.Parent;
        parent.Children.Add(made);
        Adopt(made);
        for (SearchNode? node = made; node is not null; node = node.Parent) node.Visits++;
        if (made.Score is not { } score) return;

        parent.Generate.Add(score);
        parent.Models[IndexOf(trial.Action)].Add(score);
        made.Own.Add(score);
        for (AbMctsNode below = parent; below.Parent is AbMctsNode above; below = above)
        {
            below.Own.Add(score);
            above.Continue.Add(score);
        }
    }

    private int IndexOf(string action)
    {
        for (int i = 0; ; i++)
        {
            if (_options.Actions[i] == action) return i;
        }
    }
}
