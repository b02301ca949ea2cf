using Agents.Reasoning.Strategies;

namespace Agents.Evaluation.Tests;

public sealed class PassAtKTests
{
    // The mean over c ~ Binomial(n, p), exactly.
    private static double Expectation(int n, double p, Func<int, double> of) => Enumerable.Range(0, n + 1)
        .Sum(c => Math.Exp(SpecialFunctions.LogBinomial(n, c)) * Math.Pow(p, c) * Math.Pow(1 - p, n - c) * of(c));

    [Fact]
    public void Unbiased_OverBinomialCounts_HasTheTruthAsItsMean()
    {
        Assert.Equal(.65132, Expectation(20, .1, c => PassAtK.Unbiased(20, c, 10)), 5);
        Assert.Equal(1 - Math.Pow(.9, 10), Expectation(20, .1, c => PassAtK.Unbiased(20, c, 10)), 12);
    }

    [Fact]
    public void PlugIn_OverBinomialCounts_IsBiased() =>
        Assert.Equal(.56808, Expectation(20, .1, c => 1 - Math.Pow(1 - c / 20.0, 10)), 5);

    [Fact]
    public void Unbiased_EveryCount_EqualsCountingSubsets()
    {
        for (int n = 1; n <= 10; n++)
        for (int c = 0; c <= n; c++)
        for (int k = 1; k <= n; k++)
        {
            uint[] subsets = [.. Enumerable.Range(0, 1 << n).Select(s => (uint)s).Where(s => System.Numerics.BitOperations.PopCount(s) == k)];
            uint right = (1u << c) - 1;
            Assert.Equal(subsets.Count(s => (s & right) != 0) / (double)subsets.Length, PassAtK.Unbiased(n, c, k), 12);
            Assert.Equal(subsets.Count(s => (s & right) == s) / (double)subsets.Length, PassAtK.AllOf(n, c, k), 12);
        }
    }

    [Fact]
    public void Unbiased_FewerWrongThanK_IsExactlyOne() => Assert.Equal(1.0, PassAtK.Unbiased(10, 5, 6));

    [Fact]
    public void Unbiased_TenThousandSamples_NeitherOverflowsNorCancels() =>
        Assert.Equal(1 - 1e-4, 1 - PassAtK.Unbiased(10_000, 1, 1), 15);

    [Theory]
    [InlineData(5, 0, 0)]
    [InlineData(5, 0, 6)]
    [InlineData(5, 6, 1)]
    [InlineData(5, -1, 1)]
    public void Unbiased_CountsThatCannotBe_AreRefused(int n, int c, int k) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Unbiased(n, c, k));
}
