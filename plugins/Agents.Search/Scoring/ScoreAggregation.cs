namespace Agents.Search.Scoring;

/// <summary>How the scores of steps make the score of a path. Snell et al. 2024 (arXiv:2408.03314) found the last step best; Lightman et al. 2023 (arXiv:2305.20050) multiply.</summary>
public enum ScoreAggregation
{
    /// <summary>The last score that is known.</summary>
    Last,

    /// <summary>The lowest.</summary>
    Min,

    /// <summary>The product. Meant for probabilities; favours short paths.</summary>
    Product,
}
