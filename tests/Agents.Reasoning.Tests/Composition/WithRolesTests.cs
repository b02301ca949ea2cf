using Agents.Reasoning.Composition;
using Agents.Reasoning.Tests.Strategies;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Composition;

public sealed class WithRolesTests
{
    [Fact]
    public void OnlyThePartRenamed_AsksTheOtherRole()
    {
        IReasoningStrategy strategy = StrategyCatalogue.Create("direct").Then(StrategyCatalogue.Create("direct").WithRoles(("solver", "expert")));
        ScheduledOutcome run = ScheduledRun.Run(strategy, Scripted.Request, _ => Scripted.Solution("1"), 0);
        Assert.Equal(["solver", "expert"], run.Dispatched.Select(k => k.Split('|')[1]));
    }

    [Fact]
    public void InnerNamesApplyBeforeOuterOnes()
    {
        IReasoningStrategy strategy = StrategyCatalogue.Create("direct").WithRoles(("solver", "small")).WithRoles(("small", "expert"), ("solver", "judge"));
        Assert.Equal("expert", ScheduledRun.Run(strategy, Scripted.Request, _ => Scripted.Solution("1"), 0).Dispatched[0].Split('|')[1]);
    }

    [Fact]
    public void PriceAndCapabilities_AreThoseOfTheRoleThatPlays()
    {
        var options = new RunOptions { Prices = new Dictionary<string, ModelPrice> { ["expert"] = new(1_000_000, 0) } };
        IReasoningStrategy strategy = StrategyCatalogue.Create("direct").WithRoles(("solver", "expert"));
        ReasoningResult result = ScheduledRun.Run(strategy, Scripted.Request, _ => CallOutcome.FromText("<answer>1</answer>", new CallUsage(3, 4)), 0, options).Result;
        Assert.Equal(3, result.Usage.Cost);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Solver")]
    [InlineData("a/b")]
    [InlineData("http://x")]
    public void NameThatIsNoRole_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => StrategyCatalogue.Create("direct").WithRoles(("solver", name)));
}
