using Agents.Search.Running;

namespace Agents.Search.Dvts;

/// <summary>
/// Diverse verifier tree search: N/M independent subtrees, each samples M children and goes on from its best one. A subtree ends when its best child
/// ends; that child's ended siblings are completed solutions too, so that there are up to N to vote over.
/// Subtrees do not wait for each other. Better than beam search when the verifier's errors persist along a branch and the answer is chosen by a vote.
/// <para>Calls: at most N·T expansions and N·T scores. Critical path: 2T, with lookahead 3T. Beeching, Tunstall and Rush 2024 (Hugging Face, "Scaling test-time compute with open models").</para>
/// </summary>
public sealed class DvtsSearch : TreeSearch
{
    private readonly DvtsOptions _options;

    /// <summary>A DVTS.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public DvtsSearch(DvtsOptions? options = null)
        : this(Validated(options ?? new()), 0)
    {
    }

    private DvtsSearch(DvtsOptions o, int _)
        : base("dvts", $"beams={o.Beams},width={o.Width},steps={o.MaxSteps},aggregation={o.Aggregation},lookahead={o.Lookahead},distinct={o.Distinct}") => _options = o;

    internal override Exploration Explore(ulong seed) => new DvtsExploration(_options);

    private static DvtsOptions Validated(DvtsOptions o)
    {
        OptionCheck.AtLeast(nameof(DvtsOptions), nameof(o.Beams), o.Beams, 1);
        OptionCheck.AtLeast(nameof(DvtsOptions), nameof(o.Width), o.Width, 1);
        OptionCheck.AtLeast(nameof(DvtsOptions), nameof(o.MaxSteps), o.MaxSteps, 1);
        OptionCheck.AtLeast(nameof(DvtsOptions), nameof(o.Lookahead), o.Lookahead, 0);
        OptionCheck.Defined(nameof(DvtsOptions), nameof(o.Aggregation), o.Aggregation);
        OptionCheck.Require(o.Beams % o.Width == 0, nameof(o.Beams), $"DvtsOptions.Beams must be a multiple of DvtsOptions.Width, because there are Beams/Width subtrees: {o.Beams} is no multiple of {o.Width}.");
        return o;
    }
}
