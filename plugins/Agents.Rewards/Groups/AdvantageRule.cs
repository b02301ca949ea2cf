namespace Agents.Rewards;

/// <summary>How the advantages of a group are made from its rewards.</summary>
public enum AdvantageRule
{
    /// <summary>(r − mean) / standard deviation: group relative policy optimisation. Shao et al. 2024, arXiv:2402.03300.</summary>
    Grpo,

    /// <summary>r − mean: without the division, which favours questions that are nearly always or nearly never solved. Liu et al. 2025, arXiv:2503.20783.</summary>
    DrGrpo,
}
