namespace Agents.Evaluation;

/// <summary>Two strategies on the same questions.</summary>
/// <param name="First">The first strategy.</param>
/// <param name="Second">The second.</param>
/// <param name="Questions">Questions that both have finished.</param>
/// <param name="BothCorrect">Questions both have right.</param>
/// <param name="OnlyFirst">Questions only the first has right.</param>
/// <param name="OnlySecond">Questions only the second has right.</param>
/// <param name="Neither">Questions neither has right.</param>
/// <param name="Difference">Accuracy of the first minus that of the second, −1 to 1.</param>
/// <param name="DifferenceInterval">Its paired bootstrap 95 % interval.</param>
/// <param name="PValue">The exact McNemar p, two-sided.</param>
/// <param name="AdjustedPValue">The same after Holm's adjustment for all pairs of this evaluation.</param>
/// <param name="Verdict">What that means, in words.</param>
public sealed record PairedComparison(
    string First, string Second, int Questions, int BothCorrect, int OnlyFirst, int OnlySecond, int Neither,
    double Difference, Interval DifferenceInterval, double PValue, double AdjustedPValue, string Verdict)
{
    /// <summary>The level below which an adjusted p-value counts as a difference shown.</summary>
    public const double Level = 0.05;

    /// <summary>Whether a difference is shown at 5 %, over all pairs together.</summary>
    public bool IsShown => AdjustedPValue < Level;
}
