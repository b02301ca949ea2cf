using Agents.Reasoning.Strategies;

namespace Agents.Evaluation.Tests;

public sealed class CoverageFitTests
{
    [Fact]
    public void Fit_PointsOnTheCurve_FindsItsParameters()
    {
        double[] k = [1, 2, 4, 8, 16, 32];
        CoverageFit fit = CoverageFit.Fit(k, [.. k.Select(x => Math.Exp(-1.3 * Math.Pow(x, -.4)))])!;
        Assert.Equal(-1.3, fit.A, 10);
        Assert.Equal(-.4, fit.B, 10);
        Assert.Equal(1, fit.RSquared, 10);
        Assert.Equal(Math.Exp(-1.3 * Math.Pow(100, -.4)), fit.At(100), 10);
    }

    [Fact]
    public void Fit_BetaDistributedSuccessRates_HasSlopeNearMinusAlpha()
    {
        // p ~ Beta(α, β): 1 − coverage(k) = B(α, β + k) / B(α, β).
        const double Alpha = .3, Beta = 1.5;
        double[] k = [.. Enumerable.Range(4, 11).Select(i => Math.Pow(2, i))];
        CoverageFit fit = CoverageFit.Fit(k, [.. k.Select(x => 1 - Math.Exp(SpecialFunctions.LogBeta(Alpha, Beta + x) - SpecialFunctions.LogBeta(Alpha, Beta)))])!;
        Assert.InRange(fit.B, -.36, -.30);
        Assert.True(fit.RSquared > .99);
    }

    [Fact]
    public void BetaCoverage_ByTheClosedForm_EqualsTheIntegral()
    {
        const double Alpha = 2, Beta = 3;
        const int Steps = 200_000, K = 5;
        double integral = Enumerable.Range(0, Steps).Select(i => (i + .5) / Steps)
            .Sum(p => Math.Pow(p, Alpha - 1) * Math.Pow(1 - p, Beta - 1 + K)) / Steps / Math.Exp(SpecialFunctions.LogBeta(Alpha, Beta));
        Assert.Equal(integral, Math.Exp(SpecialFunctions.LogBeta(Alpha, Beta + K) - SpecialFunctions.LogBeta(Alpha, Beta)), 8);
    }

    [Fact]
    public void Fit_CoverageOfZeroOrOne_IsLeftOut()
    {
        CoverageFit fit = CoverageFit.Fit([1, 2, 4, 8], [0, .5, .6, 1])!;
        Assert.Equal(2, fit.Points);
        Assert.Equal(.5, fit.At(2), 10);
    }

    [Fact]
    public void Fit_FewerThanTwoUsablePoints_IsNull()
    {
        Assert.Null(CoverageFit.Fit([1, 2, 4], [1, 1, 1]));
        Assert.Null(CoverageFit.Fit([3], [.5]));
        Assert.Null(CoverageFit.Fit([3, 3], [.5, .6]));
    }
}
