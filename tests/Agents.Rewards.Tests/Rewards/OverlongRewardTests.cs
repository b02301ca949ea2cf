namespace Agents.Rewards.Tests.Rewards;

public sealed class OverlongRewardTests
{
    // DAPO, arXiv:2503.14476: limit 20,480, buffer 4,096.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(16_384, 0)]
    [InlineData(17_408, -.25)]
    [InlineData(18_432, -.5)]
    [InlineData(20_480, -1)]
    [InlineData(30_000, -1)]
    public async Task Score_Length_FallsInTheBuffer(int tokens, double value) =>
        Assert.Equal(value, (await new OverlongReward(20_480, 4_096).ScoreAsync(new RewardItem("text") { Tokens = tokens })).Value);

    [Fact]
    public async Task Score_UnknownLength_Abstains() => Assert.Null((await new OverlongReward(10, 5).ScoreAsync(new RewardItem("text"))).Value);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 0)]
    [InlineData(10, 11)]
    public void Create_ImpossibleNumbers_IsRefused(int limit, int buffer) => Assert.Throws<ArgumentOutOfRangeException>(() => new OverlongReward(limit, buffer));
}
