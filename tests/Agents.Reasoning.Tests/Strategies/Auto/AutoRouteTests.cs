using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class AutoRouteTests
{
    [Theory]
    [InlineData(5, 3, 8, false)]
    [InlineData(2, 2, 8, false)]
    [InlineData(2, 1, 8, true)]
    [InlineData(0, 0, 8, true)]
    [InlineData(4, 0, 8, false)]
    public void Spread_OfEightSamples_IsScatteredBelowHalfOfTheWeight(double leader, double runnerUp, int samples, bool isScattered) =>
        Assert.Equal(isScattered, new AutoRoute(leader, runnerUp, samples).Spread(0.5) == AnswerSpread.Scattered);

    [Fact]
    public void Spread_MoreWeightForTheLeaders_NeverScatters()
    {
        for (int a = 0; a <= 8; a++)
        {
            for (int b = 0; a + b <= 8 && b <= a; b++)
            {
                if (new AutoRoute(a, b, 8).Spread(0.5) == AnswerSpread.Split)
                    Assert.Equal(AnswerSpread.Split, new AutoRoute(a + 1, b, 8).Spread(0.5));
            }
        }
    }
}
