using Agents.Search.Running;

namespace Agents.Search.Beam;

/// <summary>
/// Step-level beam search: sample N next steps, score them, keep the best N/M, share N new samples out among those, until every beam has ended.
/// Completed beams are set aside and compete again only in the result. Ties go to the better parent, then to the earlier sample.
/// <para>Calls: at most N·T expansions and N·T scores (each with one lookahead). Critical path: 2T, with lookahead 3T. Snell et al. 2024 (arXiv:2408.03314);
/// defaults of Hugging Face's search-and-learn.</para>
/// </summary>
public sealed class BeamSearch : TreeSearch
{
    private readonly BeamSearchOptions _options;

    /// <summary>A beam search.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public BeamSearch(BeamSearchOptions? options = null)
        : this(Validated(options ?? new()), 0)
    {
    }

    private BeamSearch(BeamSearchOptions o, int _)
        : base("beam", $"beams={o.Beams},width={o.Width},steps={o.MaxSteps},aggregation={o.Aggregation},lookahead={o.Lookahead},distinct={o.Distinct}") => _options = o;

    internal override Exploration Explore(ulong seed) => new BeamExploration(_options);

    private static BeamSearchOptions Validated(BeamSearchOptions o)
    {
        OptionCheck.AtLeast(nameof(BeamSearchOptions), nameof(o.Beams), o.Beams, 1);
        OptionCheck.AtLeast(nameof(BeamSearchOptions), nameof(o.Width), o.Width, 1);
        OptionCheck.AtLeast(nameof(BeamSearchOptions), nameof(o.MaxSteps), o.MaxSteps, 1);
        OptionCheck.AtLeast(nameof(BeamSearchOptions), nameof(o.Lookahead), o.Lookahead, 0);
        OptionCheck.Defined(nameof(BeamSearchOptions), nameof(o.Aggregation), o.Aggregation);
        return o;
    }
}
