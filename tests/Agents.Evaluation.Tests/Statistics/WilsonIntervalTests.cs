namespace Agents.Evaluation.Tests;

public sealed class WilsonIntervalTests
{
    [Theory]
    [InlineData(8, 10, .4902, .9433)]
    [InlineData(0, 20, 0, .1611)]
    [InlineData(20, 20, .8389, 1)]
    [InlineData(1, 29, .0061, .1718)]
    public void Of_KnownCounts_GivesThePublishedInterval(int successes, int trials, double low, double high)
    {
        Interval interval = WilsonInterval.Of(successes, trials);
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Of_AnyCounts_ItsEndsSolveTheScoreEquation()
    {
        for (int n = 1; n <= 40; n++)
        for (int s = 0; s <= n; s++)
        {
            Interval i = WilsonInterval.Of(s, n);
            Assert.True(i.Contains((double)s / n));
            foreach (double end in new[] { i.Low, i.High }.Where(e => e is > 0 and < 1))
                Assert.Equal(WilsonInterval.Z95, Math.Abs((double)s / n - end) / Math.Sqrt(end * (1 - end) / n), 8);
        }
    }

    [Fact]
    public void Of_NoTrials_KnowsNothing() => Assert.Equal(new Interval(0, 1), WilsonInterval.Of(0, 0));
}
