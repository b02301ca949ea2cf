using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class MixtureStrategyTests
{
    [Fact]
    public void Aggregate_IsTheAnswer_WhoeverElseStatesIt()
    {
        ReasoningResult result = Run(new() { Proposers = 3 }, call => Scripted.Solution(call.Role == Roles.Aggregator ? "42" : "1"));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(0, result.Confidence);
        Assert.Equal(4, result.Usage.ModelCalls);
        Assert.Equal(2, result.Rounds);
    }

    [Fact]
    public void Layers_SeeTheProposalsOfTheLayerBefore()
    {
        var prompts = new List<string>();
        ReasoningResult result = Run(new() { Proposers = 2, Layers = 3 }, call =>
        {
            prompts.Add(call.Messages[^1].Text);
            return CallOutcome.FromText($"Written in {call.Key.Split('|')[0]}. <answer>42</answer>");
        });
        Assert.Equal(7, result.Usage.ModelCalls);
        Assert.Equal(4, result.Rounds);
        Assert.Contains("Written in /layer2/proposer0.", prompts[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("/layer1/", prompts[^1], StringComparison.Ordinal);
        Assert.Equal(1, result.Confidence);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void AggregatorWithoutAnAnswer_IsAFallbackToThePlurality(string? said)
    {
        ReasoningResult result = Run(new() { Proposers = 3 }, call => Scripted.Solution(call.Role == Roles.Aggregator ? said : call.Index == 0 ? "1" : "2"));
        Assert.Equal("2", result.Answer!.Text);
        Assert.Equal(StopReason.Fallback, result.StopReason);
        Assert.Contains(result.Notes, n => n.Contains("plurality of the proposals", StringComparison.Ordinal));
    }

    [Fact]
    public void ProposersInOneRoleEach_AreAskedInTurn()
    {
        var roles = new List<string>();
        Run(new() { Proposers = 4, Panel = ["solver", "expert", "third"], Aggregator = "writer" }, call =>
        {
            roles.Add(call.Role);
            return Scripted.Solution("1");
        });
        Assert.Equal(["expert", "solver", "solver", "third", "writer"], roles.Order(StringComparer.Ordinal));
    }

    private static ReasoningResult Run(MixtureOptions options, Func<ModelCall, CallOutcome> model) => Scripted.Run(new MixtureStrategy(options), model);
}
