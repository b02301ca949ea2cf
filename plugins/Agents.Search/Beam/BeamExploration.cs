using Agents.Search.Running;

namespace Agents.Search.Beam;

internal sealed class BeamExploration(BeamSearchOptions options) : Exploration(options.Aggregation)
{
    private readonly List<SearchNode> _completed = [];
    private List<SearchNode> _beams = [];

    public override IEnumerable<SearchNode> Completed => _completed;

    public override IEnumerable<SearchNode> Frontier => _beams;

    protected override IEnumerable<Pause> Run()
    {
        List<SearchNode> active = [NewRoot()];
        for (int depth = 1; depth <= options.MaxSteps && active.Count > 0; depth++)
        {
            _beams = active;
            Trial[][] families = ShareOut(active, toEnd: depth == options.MaxSteps);
            yield return new Fork(families.Select(family => Grow(family, options.Distinct, options.Lookahead)));

            SearchNode[] children = [.. families.SelectMany(family => family).Select(trial => trial.Node).OfType<SearchNode>()];
            foreach (SearchNode child in children) Adopt(child);
            _completed.AddRange(children.Where(child => child.IsTerminal));
            active = [.. children.Where(child => !child.IsTerminal).Ranked().Take(Math.Max(1, options.Beams / options.Width))];
        }
    }

    /// <summary>N samples among the beams, as evenly as it goes; the better beams take what is over.</summary>
    private Trial[][] ShareOut(List<SearchNode> beams, bool toEnd) =>
        [.. beams.Select((beam, i) => Enumerable.Range(0, (options.Beams / beams.Count) + (i < options.Beams % beams.Count ? 1 : 0))
            .Select(occurrence => new Trial(beam, SearchActions.Step, occurrence, toEnd)).ToArray())];
}
