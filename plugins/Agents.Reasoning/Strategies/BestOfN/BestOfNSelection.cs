namespace Agents.Reasoning.Strategies;

/// <summary>How the verdicts of <see cref="BestOfNStrategy"/> choose among the candidates.</summary>
public enum BestOfNSelection
{
    /// <summary>The answer whose candidates' scores add up to most: argmax over answers a of Σ sᵢ, i stating a. Li et al. 2023, arXiv:2206.02336.</summary>
    WeightedVote,

    /// <summary>The candidate with the highest score. One mistaken verdict is enough to lose, more often the more samples there are.</summary>
    Highest,
}
