using Agents.Answers;
using Agents.Reasoning.Strategies;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class CascadeStrategyTests
{
    private static readonly CascadeStage[] stages = [new("solver", 4), new("expert", 2)];

    [Fact]
    public void StrongAgreement_StaysWithTheFirstStage()
    {
        ReasoningResult result = Run(new() { Stages = stages }, call => call.Role == "solver" ? call.Index < 3 ? "5" : "6" : "9");
        Assert.Equal("5", result.Answer!.Text);
        Assert.Equal(StopReason.Consensus, result.StopReason);
        Assert.Equal(0.75, result.Confidence);
        Assert.Equal(4, result.Usage.ModelCalls);
        Assert.Equal([("solver", true)], result.Stages.Select(s => (s.Role, s.IsAnswer)));
    }

    [Fact]
    public void WeakAgreement_AsksTheNextStage_AndTakesItsAnswer()
    {
        ReasoningResult result = Run(new() { Stages = stages }, call => call.Role == "solver" ? $"{call.Index % 2}" : "9");
        Assert.Equal("9", result.Answer!.Text);
        Assert.Equal(6, result.Usage.ModelCalls);
        Assert.Equal([(false, 0.5), (true, 1.0)], result.Stages.Select(s => (s.IsAnswer, s.Evidence!.Value)));
        Assert.Contains("agreement 0.50", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void LastStageWithoutAnAnswer_LeavesTheEarlierOne()
    {
        ReasoningResult result = Run(new() { Stages = stages }, call => call.Role == "solver" ? $"{call.Index % 2}" : null);
        Assert.Equal("0", result.Answer!.Text);
        Assert.Equal([true, false], result.Stages.Select(s => s.IsAnswer));
    }

    [Fact]
    public void OneSampleWithoutAVerdict_IsNoEvidence()
    {
        ReasoningResult result = Run(new() { Stages = [new("solver", 1), new("expert", 1)] }, call => call.Role == "solver" ? "1" : "2");
        Assert.Equal("2", result.Answer!.Text);
        Assert.Null(result.Confidence);
    }

    [Fact]
    public void VerdictsDecide_WhereThereAreAny_AndAbstentionsLeaveAgreement()
    {
        CascadeOptions options = new() { Stages = stages, Verifier = new ScoreVerifier(c => c.Answer!.Text == "1" ? 0.9 : 0.1) };
        ReasoningResult judged = Run(options, call => call.Role == "solver" ? call.Index == 0 ? "1" : "2" : "9");
        Assert.Equal("1", judged.Answer!.Text);
        Assert.Equal(StopReason.Verified, judged.StopReason);
        ReasoningResult abstained = Run(options with { Verifier = new ScoreVerifier(_ => null) }, call => call.Role == "solver" ? $"{call.Index}" : "9");
        Assert.Equal("9", abstained.Answer!.Text);
    }

    [Fact]
    public void DeclaredPrices_PutTheCheapStageFirst_AndEachStagesCostIsReported()
    {
        var prices = new Dictionary<string, ModelPrice> { ["expert"] = new(1, 1), ["solver"] = new(10, 30) };
        var options = new RunOptions { RunId = "priced", Prices = prices };
        ReasoningResult result = ScheduledRun.Run(new CascadeStrategy(new() { Stages = stages }), Scripted.Request, call =>
            CallOutcome.FromText($"<answer>{(call.Role == "expert" ? $"{call.Index}" : "7")}</answer>", new CallUsage(100, 10)), 0, options).Result;
        Assert.Equal(["expert", "solver"], result.Stages.Select(s => s.Role));
        Assert.Equal("7", result.Answer!.Text);
        Assert.Equal([2 * 110 / 1e6m, 4 * 1300 / 1e6m], result.Stages.Select(s => s.Cost));
        Assert.Equal([220, 440], result.Stages.Select(s => s.Tokens));
        Assert.Equal(result.Usage.Cost, result.Stages.Sum(s => s.Cost));
    }

    [Fact]
    public void PriceOfOneStageAlone_LeavesTheOrderAsItStands()
    {
        var options = new RunOptions { Prices = new Dictionary<string, ModelPrice> { ["expert"] = new(1, 1) } };
        ReasoningResult result = ScheduledRun.Run(new CascadeStrategy(new() { Stages = stages }), Scripted.Request, _ => Scripted.Solution("3"), 0, options).Result;
        Assert.Equal("solver", Assert.Single(result.Stages).Role);
    }

    [Fact]
    public void CheckOfTheRequest_AcceptsAMinorityWithoutTheNextStage()
    {
        ReasoningRequest request = Scripted.Request with { Checker = new Is("3") };
        ReasoningResult result = ScheduledRun.Run(new CascadeStrategy(new() { Stages = stages }), request, call => Scripted.Solution($"{call.Index}"), 0).Result;
        Assert.Equal("3", result.Answer!.Text);
        Assert.Equal(StopReason.Verified, result.StopReason);
        Assert.Equal(4, result.Usage.ModelCalls);
    }

    [Fact]
    public void BudgetReachedInTheFirstStage_EndsThere()
    {
        ReasoningResult result = Scripted.Run(new CascadeStrategy(new() { Stages = stages }), call => Scripted.Solution($"{call.Index}"), limits: new() { Calls = 3 });
        Assert.Equal(StopReason.BudgetCalls, result.StopReason);
        Assert.Equal("0", result.Answer!.Text);
    }

    private static ReasoningResult Run(CascadeOptions options, Func<ModelCall, string?> answer) => Scripted.Run(new CascadeStrategy(options), call => Scripted.Solution(answer(call)));

    private sealed class Is(string right) : IAnswerChecker
    {
        public bool? Check(ReasoningRequest request, Answer answer) => answer.Text == right;
    }
}
