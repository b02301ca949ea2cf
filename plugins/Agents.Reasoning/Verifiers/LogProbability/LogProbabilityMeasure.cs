namespace Agents.Reasoning.Verifiers;

/// <summary>Which probability <see cref="LogProbabilityVerifier"/> takes for its score.</summary>
public enum LogProbabilityMeasure
{
    /// <summary>The geometric mean of the tokens' probabilities: it does not prefer short solutions.</summary>
    TokenMean,

    /// <summary>The product of the tokens' probabilities: how often the model writes exactly this solution.</summary>
    Sequence,
}
