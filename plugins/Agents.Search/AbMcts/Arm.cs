using Agents.Search.Randomness;

namespace Agents.Search.AbMcts;

/// <summary>The scores seen behind a choice, as the sums that the posterior needs.</summary>
internal struct Arm
{
    // Hyperparameters of the normal-inverse-χ² prior, as published.
    private const double PriorMean = 0, PriorStrength = 1, PriorFreedom = 1, PriorVariance = 0.1;

    private int _count;
    private double _sum, _squares;

    public void Add(double score)
    {
        _count++;
        _sum += score;
        _squares += score * score;
    }

    /// <summary>A draw of the mean from the posterior.</summary>
    public readonly double Draw(ScorePrior prior, CounterRandom random)
    {
        if (prior == ScorePrior.Beta) return random.NextBeta(0.5 + _sum, 0.5 + (_count - _sum));

        (double mean, double strength, double freedom, double variance) = Posterior();
        double drawn = freedom * variance / (2 * random.NextGamma(freedom / 2));
        return mean + (Math.Sqrt(drawn / strength) * random.NextNormal());
    }

    /// <summary>m, κ, ν and τ² after what was seen.</summary>
    internal readonly (double Mean, double Strength, double Freedom, double Variance) Posterior()
    {
        double strength = PriorStrength + _count, freedom = PriorFreedom + _count;
        double mean = ((PriorStrength * PriorMean) + _sum) / strength;
        double seenMean = _count == 0 ? 0 : _sum / _count;
        double spread = Math.Max(0, _squares - (_count * seenMean * seenMean));
        double shift = PriorStrength * _count / strength * (seenMean - PriorMean) * (seenMean - PriorMean);
        return (mean, strength, freedom, ((PriorFreedom * PriorVariance) + spread + shift) / freedom);
    }
}
