using Agents.Search.Randomness;

namespace Agents.Search.Tests.Randomness;

public sealed class CounterRandomTests
{
    [Fact]
    public void NextUInt64_IsTheSameInEveryProcess()
    {
        // Computed by an independent program from the definition. Frozen: saved states depend on it.
        var random = new CounterRandom(7, "trial", 3);
        Assert.Equal([14621709945466656983UL, 14914481156410826789UL, 16596819413172902368UL], [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()]);
    }

    [Fact]
    public void Streams_WithAnotherSeedLabelOrIndex_Differ()
    {
        ulong[] first = [.. new[] { new CounterRandom(1, "a", 0), new(2, "a", 0), new(1, "b", 0), new(1, "a", 1), new(0, "a", 0), new(1, "a", -1) }.Select(random => random.NextUInt64())];
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Fact]
    public void Draws_HaveTheMomentsOfTheirDistributions()
    {
        // 40,000 draws; the tolerances are more than five standard errors.
        var random = new CounterRandom(1, "moments", 0);
        Check(random.NextDouble, 0.5, 1.0 / 12);
        Check(random.NextNormal, 0, 1);
        Check(() => random.NextGamma(0.5), 0.5, 0.5);
        Check(() => random.NextGamma(4), 4, 4);
        Check(() => random.NextBeta(0.5, 0.5), 0.5, 0.125);
        Check(() => random.NextBeta(2, 6), 0.25, 2 * 6 / (64.0 * 9));

        static void Check(Func<double> draw, double mean, double variance)
        {
            double[] values = [.. Enumerable.Range(0, 40_000).Select(_ => draw())];
            double average = values.Average(), spread = values.Sum(value => (value - average) * (value - average)) / values.Length;
            Assert.InRange(average, mean - (0.03 * Math.Sqrt(variance)), mean + (0.03 * Math.Sqrt(variance)));
            Assert.InRange(spread, variance * 0.92, variance * 1.08);
        }
    }
}
