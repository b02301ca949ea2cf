using Agents.Reasoning.Strategies;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Strategies.AsAsked;

public sealed class AsAskedStrategyTests
{
    private static readonly ReasoningRequest request = new()
    {
        Messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "6 times 7?"), new(ChatRole.Assistant, "43."), new(ChatRole.User, "Sure?")],
    };

    [Fact]
    public async Task RunAsync_SendsTheConversationAsItStands_AndTakesTheFirstReplyWithAnAnswer()
    {
        var model = new CallModel(call =>
        {
            Assert.Equal(request.Messages.Select(m => (m.Role, m.Text)), call.Messages.Select(m => (m.Role, m.Text)));
            return call.Index == 0 ? CallOutcome.Failed(CallFailureKind.Unavailable, "down") : CallOutcome.FromText($"The answer is {call.Index}.");
        });
        ReasoningResult result = await new ReasoningRunner(model.Models).RunAsync(new AsAskedStrategy(3), request);
        Assert.Equal(("1", 1, 3), (result.Answer?.Text, result.Selected?.Index, result.Candidates.Count));
    }

    [Fact]
    public async Task Contract_Holds()
    {
        var model = new NoisyModel();
        StrategyContract.HoldsInEveryOrder(new AsAskedStrategy(5), request, model.Answer);
        StrategyContract.RestartsFromEveryPrefix(new AsAskedStrategy(5), request, model.Answer);
        await StrategyContract.HostsAgreeAsync(new AsAskedStrategy(5), request, model.Answer);
    }

    [Fact]
    public void Samples_BelowOne_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new AsAskedStrategy(0));
}
