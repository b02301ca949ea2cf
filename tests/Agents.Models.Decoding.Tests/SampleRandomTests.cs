namespace Agents.Models.Decoding.Tests;

public sealed class SampleRandomTests
{
    [Fact]
    public void Numbers_SeedAndIndex_AreWhatTheyWereInTheFirstVersion()
    {
        // A seed means these numbers for ever: recorded samples are found by it.
        Assert.Equal(Recorded, new[] { new SampleRandom(0, 0)[0], new SampleRandom(0, 1)[0], new SampleRandom(1, 0)[0], new SampleRandom(-5, 7)[100] });
    }

    [Fact]
    public void Numbers_ManySamples_AreUniformAndDifferent()
    {
        double[] numbers = [.. Enumerable.Range(0, 100).SelectMany(i => Enumerable.Range(0, 100).Select(j => new SampleRandom(42, i)[j]))];

        Assert.Equal(numbers.Length, numbers.Distinct().Count());
        Assert.All(numbers, n => Assert.InRange(n, 0, 1 - 1.0 / (1UL << 53)));
        // Ten bins of 1000 each; five standard deviations are 150.
        Assert.All(numbers.GroupBy(n => (int)(n * 10)), bin => Assert.InRange(bin.Count(), 850, 1150));
    }

    private static double[] Recorded => [0.13870941014555427, 0.18383979100743952, 0.69351213901022923, 0.32738466428771784];
}
