namespace Agents.Reasoning.Verifiers;

/// <summary>How the scores of steps become the score of a solution. Lightman et al. 2023, arXiv:2305.20050; Snell et al. 2024, arXiv:2408.03314.</summary>
public enum StepAggregation
{
    /// <summary>The score after the last step and the answer: what the verifier says having seen all.</summary>
    Last,

    /// <summary>The least score: a chain is as strong as its weakest step.</summary>
    Min,

    /// <summary>The product, as if steps failed independently; it prefers short solutions.</summary>
    Product,
}
