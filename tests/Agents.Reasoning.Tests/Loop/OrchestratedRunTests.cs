using Agents.Testing;

namespace Agents.Reasoning.Tests.Loop;

/// <summary>The host inside a durable orchestrator, on an engine that replays its history after each event.</summary>
public sealed class OrchestratedRunTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");
    private static readonly RunOptions run = new() { RunId = "orchestrated", Seed = 5 };

    public static TheoryData<string> Strategies => [.. StrategyCatalogue.Descriptions.Select(d => d.Name)];

    private static Task<ReasoningResult> RunAsync(ReplayedOrchestration engine, IReasoningStrategy strategy, RunOptions? options = null, OrchestrationOptions? how = null) =>
        engine.RunAsync(orchestration => OrchestratedRun.RunAsync(strategy, request, options ?? run, orchestration, how ?? new OrchestrationOptions { MaxAttempts = 1 }, _ => StrategyContract.Needed(strategy)));

    [Theory, MemberData(nameof(Strategies))]
    public async Task EveryStrategy_AnswersAsInProcess_AndRepeatsNoActivity(string name)
    {
        IReasoningStrategy strategy = StrategyCatalogue.Create(name, new StrategySettings { Samples = 8 });
        var model = new NoisyModel();
        ReasoningResult inProcess = await new ReasoningRunner(new CallModel(model.Answer) { Capabilities = StrategyContract.Needed(strategy) }.Models).RunAsync(strategy, request, run);
        for (int order = 0; order < 10; order++)
        {
            var engine = new ReplayedOrchestration((call, _) => model.Answer(call), order);
            ReasoningResult result = await RunAsync(engine, strategy);
            Assert.Equal((inProcess.Answer?.Canonical, inProcess.Usage.ModelCalls), (result.Answer?.Canonical, result.Usage.ModelCalls));
            Assert.Equal(engine.Activities.Distinct().Count(), engine.Activities.Count);
        }
    }

    [Fact]
    public async Task FailedCall_ThatMayPass_IsTriedAgainBelowItsKey()
    {
        ModelCall? failing = null;
        var engine = new ReplayedOrchestration(
            (call, attempt) =>
            {
                failing ??= call;
                return call.Key == failing.Key && attempt == 1 ? CallOutcome.Failed(CallFailureKind.Unavailable, "overloaded") : CallOutcome.FromText("<answer>42</answer>", new(1, 1));
            },
            order: 3);
        ReasoningResult result = await RunAsync(engine, StrategyCatalogue.Create("self-consistency", new StrategySettings { Samples = 8 }), how: new OrchestrationOptions { MaxAttempts = 3 });
        Assert.Equal(("42", 8L, 0L), (result.Answer!.Text, result.Usage.ModelCalls, result.Usage.FailedCalls));
        Assert.Equal([1, 2], engine.Activities.Where(a => a.Key == failing!.Key).Select(a => a.Attempt));
        Assert.Equal(9, engine.Activities.Count);
    }

    [Fact]
    public async Task FailedCall_ThatWillNotPass_IsNotTriedAgain()
    {
        var engine = new ReplayedOrchestration((_, _) => CallOutcome.Failed(CallFailureKind.Unauthorized, "no such key"), order: 0);
        ReasoningResult result = await RunAsync(engine, StrategyCatalogue.Create("direct"), how: new OrchestrationOptions { MaxAttempts = 3 });
        Assert.Equal((StopReason.AllCallsFailed, 1), (result.StopReason, engine.Activities.Count));
    }

    [Fact]
    public async Task FailedCall_ThatNeverPasses_EndsWithItsLastOutcome()
    {
        var engine = new ReplayedOrchestration((_, attempt) => CallOutcome.Failed(CallFailureKind.RateLimited, $"attempt {attempt}"), order: 0);
        ReasoningResult result = await RunAsync(engine, StrategyCatalogue.Create("direct"), how: new OrchestrationOptions { MaxAttempts = 3 });
        Assert.Contains("attempt 3", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DecidedEarly_ShowsTheAnswer_ThenCancelsTheRest_AndEndsWhenTheyHave()
    {
        // Two of five are enough: the last one hangs until it is told that nobody waits.
        var engine = new ReplayedOrchestration((_, _) => CallOutcome.FromText("<answer>42</answer>"), order: 1) { Hangs = call => call.Index == 4 };
        ReasoningResult result = await RunAsync(engine, new FirstOf(5));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Contains(engine.Cancelled, key => key.EndsWith("#4", StringComparison.Ordinal));
        Assert.Equal(engine.Cancelled.Order(StringComparer.Ordinal), engine.Cancelled);
        // Decided in an execution before the one that ended.
        int decided = engine.Statuses.FindIndex(s => s?.Phase == "decided");
        Assert.InRange(decided, 1, engine.Statuses.Count - 2);
        Assert.Equal("42", engine.Statuses[decided]!.Answer);
    }

    [Fact]
    public async Task TimeLimit_IsADurableTimer_AndGivesTheBestSoFar()
    {
        var engine = new ReplayedOrchestration((_, _) => CallOutcome.FromText("<answer>42</answer>"), order: 1) { Hangs = call => call.Index > 2 };
        ReasoningResult result = await RunAsync(engine, StrategyCatalogue.Create("self-consistency", new StrategySettings { Samples = 6 }), run with { Limits = new BudgetLimits { Time = TimeSpan.FromSeconds(30) } });
        Assert.Equal(("42", StopReason.BudgetTime, 3), (result.Answer!.Text, result.StopReason, result.Candidates.Count(c => c.Sample.IsOk)));
    }

    [Fact]
    public async Task TimeLimit_NotReached_LeavesNoTimerOpen()
    {
        var engine = new ReplayedOrchestration((_, _) => CallOutcome.FromText("<answer>42</answer>"), order: 1);
        ReasoningResult result = await RunAsync(engine, StrategyCatalogue.Create("direct"), run with { Limits = new BudgetLimits { Time = TimeSpan.FromHours(1) } });
        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.Equal(2, engine.Executions);
    }

    [Fact]
    public async Task HistoryOfAnotherCall_IsRefused()
    {
        var engine = new ReplayedOrchestration((_, _) => CallOutcome.FromText("<answer>42</answer>"), order: 1) { Misfiled = key => "other" + key };
        StrategyContractException e = await Assert.ThrowsAsync<StrategyContractException>(() => RunAsync(engine, StrategyCatalogue.Create("direct")));
        Assert.Contains("other", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StrategyThatThrows_EndsTheRunWithItsException()
    {
        var engine = new ReplayedOrchestration((_, _) => CallOutcome.FromText("x"), order: 1);
        await Assert.ThrowsAsync<NotSupportedException>(() => RunAsync(engine, new Throwing()));
    }

    [Fact]
    public async Task MaxAttempts_BelowOne_IsRefusedByName()
    {
        var engine = new ReplayedOrchestration((_, _) => CallOutcome.FromText("x"), order: 1);
        ArgumentOutOfRangeException e = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RunAsync(engine, new FirstOf(1), how: new OrchestrationOptions { MaxAttempts = 0 }));
        Assert.Equal("MaxAttempts", e.ParamName);
    }

    /// <summary>Takes the first sample that comes and leaves the others.</summary>
    private sealed class FirstOf(int samples) : IReasoningStrategy
    {
        public StrategyDescription Description { get; } = new("first-of", "", "N", "1", "");

        public string Fingerprint => $"first-of/{samples}";

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            await foreach (Sample sample in context.SampleAsync("solver", request.Messages, null, samples))
                return new ReasoningResult { Strategy = "first-of", StopReason = StopReason.Consensus, Answer = request.Extractor.Extract(sample, request.ExpectedAnswer) };
            throw new InvalidOperationException("No sample came.");
        }
    }

    private sealed class Throwing : IReasoningStrategy
    {
        public StrategyDescription Description { get; } = new("throwing", "", "1", "1", "");

        public string Fingerprint => "throwing";

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            await context.JudgeAsync("solver", request.Messages);
            throw new NotSupportedException("This strategy only throws.");
        }
    }
}
