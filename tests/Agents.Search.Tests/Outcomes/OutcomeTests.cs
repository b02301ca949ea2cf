using Agents.Search.Outcomes;

namespace Agents.Search.Tests.Outcomes;

public sealed class OutcomeTests
{
    [Fact]
    public void Step_HalfASurrogatePair_BecomesTheReplacementCharacter()
    {
        Assert.Equal("a\uFFFDb", new Step("a\uD83Db").Text);
        Assert.Equal("\uFFFD", new Step("\uDE00").Text);
        Assert.Equal("x\uFFFD", new Failure("x\uD83D").Reason);
        Assert.Equal("😀", new Step("😀").Text);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Score_NotFinite_IsRefused(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Score(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Step("s", score: value));
    }

    [Fact]
    public void Expansion_EqualSteps_AreEqual()
    {
        Assert.Equal(new Expansion(new Step("a"), new Step("b", true)), new Expansion(new Step("a"), new Step("b", true)));
        Assert.NotEqual(new Expansion(new Step("a")), new Expansion(new Step("a", score: 1)));
        Assert.Throws<ArgumentException>(() => new Expansion(new Step("a"), null!));
    }
}
