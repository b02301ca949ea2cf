using Agents.Search.Randomness;
using Agents.Search.Running;

namespace Agents.Search.Particles;

internal sealed class ParticleExploration(ParticleOptions options, ulong seed) : Exploration(options.Aggregation)
{
    private readonly List<SearchNode> _completed = [];
    private SearchNode[] _population = [];

    public override IEnumerable<SearchNode> Completed => _completed;

    public override IEnumerable<SearchNode> Frontier => _population;

    protected override IEnumerable<Pause> Run()
    {
        SearchNode root = NewRoot();
        _population = [.. Enumerable.Repeat(root, options.Particles)];
        for (int step = 1; step <= options.MaxSteps && _population.Any(node => !node.IsTerminal); step++)
        {
            Trial?[] trials = Propose(toEnd: step == options.MaxSteps);
            yield return new Fork(trials.OfType<Trial>().Select(trial => SampleAndScore(trial, options.Lookahead)));
            foreach (SearchNode node in trials.Select(trial => trial?.Node).OfType<SearchNode>())
            {
                Adopt(node);
                if (node.IsTerminal) _completed.Add(node);
            }

            SearchNode[] alive = [.. _population.Select((node, i) => trials[i] is { } trial ? trial.Node : node).OfType<SearchNode>()];
            if (alive.Length == 0) yield break;
            _population = Resampled(alive, step);
        }
    }

    /// <summary>One trial for each unfinished particle; particles on one node are samples of it, in their order.</summary>
    private Trial?[] Propose(bool toEnd)
    {
        var occurrences = new Dictionary<SearchNode, int>(ReferenceEqualityComparer.Instance);
        return [.. _population.Select(node =>
        {
            if (node.IsTerminal) return null;
            int occurrence = occurrences.GetValueOrDefault(node);
            occurrences[node] = occurrence + 1;
            return new Trial(node, SearchActions.Step, occurrence, toEnd);
        })];
    }

    private SearchNode[] Resampled(SearchNode[] alive, int step)
    {
        double floor = options.EntropyFloor * Math.Max(0, 1 - ((step - 1.0) / options.AnnealingSteps));
        double[] weights = ParticleWeights.From([.. alive.Select(node => node.Score)], floor);
        int[] drawn = ParticleWeights.Resample(weights, options.Particles, options.Resampling, new CounterRandom(seed, "resample", step));
        return [.. drawn.Select(i => alive[i])];
    }
}
