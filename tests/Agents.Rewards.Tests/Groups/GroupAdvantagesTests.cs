using FsCheck;
using FsCheck.Fluent;

namespace Agents.Rewards.Tests.Groups;

public sealed class GroupAdvantagesTests
{
    [Fact]
    public void Of_OneRightOfFour_MatchesTheHand()
    {
        // Mean 1/4, deviation √((9/16 + 3/16) / 3) = 1/2.
        GroupAdvantages group = GroupAdvantages.Of([1, 0, 0, 0]);
        Assert.Equal(.25, group.Mean);
        Assert.Equal(.5, group.StandardDeviation, 15);
        Assert.Equal([1.5, -.5, -.5, -.5], group.Advantages.Select(a => Math.Round(a, 12)));
        Assert.Equal([.75, -.25, -.25, -.25], GroupAdvantages.Of([1, 0, 0, 0], AdvantageRule.DrGrpo).Advantages);
    }

    [Fact]
    public void Of_GradedRewards_MatchesTheHand()
    {
        // 1.2, 0.2, 1, 0: mean 0.6, squares 0.36 + 0.16 + 0.16 + 0.36 = 1.04, deviation √(1.04 / 3) = 0.588784…
        GroupAdvantages group = GroupAdvantages.Of([1.2, .2, 1, 0]);
        Assert.Equal(.588784, group.StandardDeviation, 6);
        Assert.Equal([1.019049, -.679366, .679366, -1.019049], group.Advantages.Select(a => Math.Round(a, 6)));
    }

    [Theory]
    [InlineData(new double[] { 1, 1, 1 })]
    [InlineData(new double[] { .1, .1, .1, .1, .1, .1, .1 })]
    [InlineData(new double[] { 5 })]
    public void Of_EqualRewards_IsFlatAndTeachesNothing(double[] rewards)
    {
        GroupAdvantages group = GroupAdvantages.Of(rewards);
        Assert.True(group.IsFlat);
        Assert.All(group.Advantages, a => Assert.Equal(0, a));
    }

    [Fact]
    public void Of_AnyRewards_SumsToZeroAndKeepsTheOrder() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat[]>().Filter(r => r.Length > 0 && r.All(x => Math.Abs(x.Get) < 1e6)),
            values =>
            {
                double[] rewards = [.. values.Select(v => v.Get)];
                foreach (AdvantageRule rule in Enum.GetValues<AdvantageRule>())
                {
                    GroupAdvantages group = GroupAdvantages.Of(rewards, rule);
                    double scale = group.Advantages.Max(Math.Abs) + 1;
                    Assert.InRange(group.Advantages.Sum() / scale / rewards.Length, -1e-9, 1e-9);
                    for (int i = 1; i < rewards.Length; i++)
                        Assert.True(group.IsFlat || rewards[i - 1].CompareTo(rewards[i]) == group.Advantages[i - 1].CompareTo(group.Advantages[i]) || Math.Abs(rewards[i - 1] - rewards[i]) < 1e-6);
                }
            }));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_RewardThatIsNoNumber_IsRefusedByItsPlace(double bad) =>
        Assert.Contains("Reward 1", Assert.Throws<ArgumentException>(() => GroupAdvantages.Of([0, bad])).Message, StringComparison.Ordinal);
}
