namespace Agents.Search.AbMcts;

/// <summary>What is believed about the scores behind an arm before any is seen.</summary>
public enum ScorePrior
{
    /// <summary>Normal scores of unknown mean and variance: normal-inverse-χ² with m = 0, κ = 1, ν = 1, τ² = 0.1.</summary>
    NormalInverseChiSquared,

    /// <summary>Probabilities: Beta(½, ½), to which a score s adds s and 1 − s.</summary>
    Beta,
}
