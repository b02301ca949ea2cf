using Agents.Search.Running;

namespace Agents.Search.Particles;

/// <summary>
/// Particle filtering: N particles take one step each, are weighted by the softmax of the log-odds of their last scores (weights, not ratios of weights), and drawn anew;
/// finished particles keep their weight and keep competing, so a population may end up as copies of one solution. Scores are probabilities, held within 1e-6 of 0 and 1.
/// A failed particle is drawn anew from the others; one whose verifier abstained has the mean weight of the others, in log-odds.
/// <para>Calls: at most N·T expansions and N·T scores. Critical path: 2T. Puri et al. 2025 (arXiv:2502.01618); entropic annealing answers early overconfidence, after the
/// idea of ePF, in a form of our own: see <see cref="ParticleOptions.EntropyFloor"/>.</para>
/// </summary>
public sealed class ParticleSearch : TreeSearch
{
    private readonly ParticleOptions _options;

    /// <summary>A particle filter.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public ParticleSearch(ParticleOptions? options = null)
        : this(Validated(options ?? new()), 0)
    {
    }

    private ParticleSearch(ParticleOptions o, int _)
        : base("particles", $"particles={o.Particles},steps={o.MaxSteps},resampling={o.Resampling},entropy={o.EntropyFloor},annealing={o.AnnealingSteps},lookahead={o.Lookahead},aggregation={o.Aggregation}") => _options = o;

    internal override bool TakesProbabilities => true;

    internal override Exploration Explore(ulong seed) => new ParticleExploration(_options, seed);

    private static ParticleOptions Validated(ParticleOptions o)
    {
        OptionCheck.AtLeast(nameof(ParticleOptions), nameof(o.Particles), o.Particles, 1);
        OptionCheck.AtLeast(nameof(ParticleOptions), nameof(o.MaxSteps), o.MaxSteps, 1);
        OptionCheck.Defined(nameof(ParticleOptions), nameof(o.Resampling), o.Resampling);
        OptionCheck.InRange(nameof(ParticleOptions), nameof(o.EntropyFloor), o.EntropyFloor, 0, 1);
        OptionCheck.AtLeast(nameof(ParticleOptions), nameof(o.AnnealingSteps), o.AnnealingSteps, 1);
        OptionCheck.AtLeast(nameof(ParticleOptions), nameof(o.Lookahead), o.Lookahead, 0);
        OptionCheck.Defined(nameof(ParticleOptions), nameof(o.Aggregation), o.Aggregation);
        return o;
    }
}
