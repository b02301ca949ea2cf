using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class SpecialFunctionsTests
{
    [Fact]
    public void LogGamma_OfIntegers_IsTheLogFactorial()
    {
        double logFactorial = 0;
        for (int n = 1; n <= 170; n++)
        {
            Assert.Equal(logFactorial, SpecialFunctions.LogGamma(n), 1e-12 * Math.Max(1, logFactorial));
            logFactorial += Math.Log(n);
        }
    }

    [Fact]
    public void LogGamma_OfOneHalf_IsLogRootPi() => Assert.Equal(.5 * Math.Log(Math.PI), SpecialFunctions.LogGamma(.5), 13);

    [Theory]
    [InlineData(5, 0, .98438)]
    [InlineData(9, 1, .99414)]
    public void RegularizedIncompleteBeta_OfTheStoppingRule_GivesThePublishedPosterior(int a, int b, double expected) =>
        Assert.Equal(expected, 1 - SpecialFunctions.RegularizedIncompleteBeta(.5, a + 1, b + 1), 5);

    [Fact]
    public void RegularizedIncompleteBeta_OfIntegers_EqualsTheBinomialTail()
    {
        foreach (double x in new[] { .01, .3, .5, .77, .999 })
        for (int a = 1; a <= 12; a++)
        for (int b = 1; b <= 12; b++)
        {
            int n = a + b - 1;
            double tail = Enumerable.Range(a, n - a + 1).Sum(j => Math.Exp(SpecialFunctions.LogBinomial(n, j)) * Math.Pow(x, j) * Math.Pow(1 - x, n - j));
            Assert.Equal(tail, SpecialFunctions.RegularizedIncompleteBeta(x, a, b), 1e-12);
        }
    }

    [Fact]
    public void RegularizedIncompleteBeta_OfFractions_EqualsTheArcSineLaw()
    {
        foreach (double x in new[] { 1e-6, .1, .5, .9, 1 - 1e-6 })
            Assert.Equal(2 / Math.PI * Math.Asin(Math.Sqrt(x)), SpecialFunctions.RegularizedIncompleteBeta(x, .5, .5), 10);
    }
}
