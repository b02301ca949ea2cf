using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class BetaPosteriorTests
{
    [Fact]
    public void VotesNeeded_At95_AreThePublishedTable() =>
        Assert.Equal([4, 6, 8, 9, 11, 12, 14, 15, 17], Enumerable.Range(0, 9).Select(b => BetaPosterior.VotesNeeded(b, 0.95)));

    [Fact]
    public void VotesNeeded_At99_AreThePublishedTable() =>
        Assert.Equal([6, 9, 11, 13, 14, 16, 18, 19, 21], Enumerable.Range(0, 9).Select(b => BetaPosterior.VotesNeeded(b, 0.99)));

    [Theory]
    [InlineData(5, 0, 0.98438)]
    [InlineData(9, 1, 0.99414)]
    [InlineData(0, 0, 0.5)]
    [InlineData(3, 3, 0.5)]
    public void LeaderIsAhead_HasTheExactValues(int leader, int runnerUp, double expected) =>
        Assert.Equal(expected, BetaPosterior.LeaderIsAhead(leader, runnerUp), 5);

    [Fact]
    public void LeaderIsAhead_EqualsTheIntegralOfTheDensity()
    {
        for (int a = 0; a < 12; a++)
        {
            for (int b = 0; b < 12; b++)
                Assert.InRange(BetaPosterior.LeaderIsAhead(a, b) - Integral(a, b), -1e-9, 1e-9);
        }
    }

    [Fact]
    public void LeaderIsAhead_OfExchangedVotes_AddsUpToOne()
    {
        for (int a = 0; a < 200; a += 7)
        {
            for (int b = 0; b < 200; b += 7)
                Assert.Equal(1, BetaPosterior.LeaderIsAhead(a, b) + BetaPosterior.LeaderIsAhead(b, a), 9);
        }
    }

    [Fact]
    public void LeaderIsAhead_WithThousandsOfVotes_StaysInRange()
    {
        Assert.InRange(BetaPosterior.LeaderIsAhead(5000, 4900), 0.8, 0.9);
        Assert.Equal(1, BetaPosterior.LeaderIsAhead(5000, 0), 12);
        Assert.Equal(0, BetaPosterior.LeaderIsAhead(0, 5000), 12);
    }

    [Fact]
    public void LeaderIsAhead_OfWeights_LiesBetweenThoseOfTheWholeVotesAroundThem()
    {
        for (double a = 0.25; a < 40; a += 0.75)
        {
            for (double b = 0.25; b < 40; b += 0.75)
            {
                double p = BetaPosterior.LeaderIsAhead(a, b);
                Assert.InRange(p, BetaPosterior.LeaderIsAhead((int)Math.Floor(a), (int)Math.Ceiling(b)) - 1e-12, BetaPosterior.LeaderIsAhead((int)Math.Ceiling(a), (int)Math.Floor(b)) + 1e-12);
                Assert.Equal(1, p + BetaPosterior.LeaderIsAhead(b, a), 12);
            }
        }
    }

    [Fact]
    public void LeaderIsAhead_OfHalfAVoteEach_EqualsTheIntegralOfTheDensity() =>
        // X ~ Beta(5/2, 3/2): with x = sin²t the integral is elementary, P = ½ + 2/(3π).
        Assert.Equal(0.5 + 2 / (3 * Math.PI), BetaPosterior.LeaderIsAhead(1.5, 0.5), 12);

    // Simpson's rule over [½, 1] and [0, 1] of x^a (1−x)^b, by nothing but the definition.
    private static double Integral(int a, int b)
    {
        return Area(0.5, 1) / Area(0, 1);

        double Area(double from, double to)
        {
            const int steps = 2000;
            double width = (to - from) / steps, sum = 0;
            for (int i = 0; i <= steps; i++)
                sum += Math.Pow(from + i * width, a) * Math.Pow(1 - from - i * width, b) * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
            return sum * width / 3;
        }
    }
}
