using Agents.Search.Running;

namespace Agents.Search.BestFirst;

/// <summary>
/// Best-first search: take the best open node, expand it, score its children, until enough solutions are taken. Ties go to the node made first: the better
/// parent's, then the earlier proposal. With <see cref="BestFirstOptions.TreeOfThoughts"/> it is the breadth-first search of Tree of Thoughts.
/// <para>Calls: E·Samples expansions and a score for every distinct proposal, E the expansions. Critical path: 2E/Batch. Yao et al. 2023 (arXiv:2305.10601).
/// A taken node costs O(log open nodes).</para>
/// </summary>
public sealed class BestFirstSearch : TreeSearch
{
    private readonly BestFirstOptions _options;

    /// <summary>A best-first search.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public BestFirstSearch(BestFirstOptions? options = null)
        : this(Validated(options ?? new()), 0)
    {
    }

    private BestFirstSearch(BestFirstOptions o, int _)
        : base("best-first", $"order={o.Order},breadth={o.Breadth},samples={o.Samples},batch={o.Batch},expansions={o.MaxExpansions},steps={o.MaxSteps},solutions={o.Solutions},aggregation={o.Aggregation},distinct={o.Distinct}") => _options = o;

    internal override bool TakesProposals => true;

    internal override Exploration Explore(ulong seed) => new BestFirstExploration(_options);

    private static BestFirstOptions Validated(BestFirstOptions o)
    {
        OptionCheck.Defined(nameof(BestFirstOptions), nameof(o.Order), o.Order);
        OptionCheck.AtLeast(nameof(BestFirstOptions), nameof(o.Breadth), o.Breadth ?? 1, 1);
        OptionCheck.AtLeast(nameof(BestFirstOptions), nameof(o.Samples), o.Samples, 1);
        OptionCheck.AtLeast(nameof(BestFirstOptions), nameof(o.Batch), o.Batch, 1);
        OptionCheck.AtLeast(nameof(BestFirstOptions), nameof(o.MaxExpansions), o.MaxExpansions, 1);
        OptionCheck.AtLeast(nameof(BestFirstOptions), nameof(o.MaxSteps), o.MaxSteps, 1);
        OptionCheck.AtLeast(nameof(BestFirstOptions), nameof(o.Solutions), o.Solutions ?? 1, 1);
        OptionCheck.Defined(nameof(BestFirstOptions), nameof(o.Aggregation), o.Aggregation);
        return o;
    }
}
