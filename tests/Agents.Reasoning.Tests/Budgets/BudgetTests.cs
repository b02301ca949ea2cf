using Agents.Testing;

namespace Agents.Reasoning.Tests.Budgets;

public sealed class BudgetTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");

    /// <summary>A thousand random runs under random limits: no limit is exceeded, every answer is the best so far, the reason is honest.</summary>
    [Fact]
    public void RandomRunsUnderRandomLimits_NeverExceedThem()
    {
        string[] names = [.. StrategyCatalogue.Descriptions.Select(d => d.Name)];
        int limited = 0;
        for (int run = 0; run < 1000; run++)
        {
            var random = new Random(run);
            var limits = new BudgetLimits
            {
                Calls = random.Next(3) == 0 ? random.Next(0, 20) : null,
                Tokens = random.Next(2) == 0 ? random.Next(0, 6000) : null,
                Cost = random.Next(3) == 0 ? (decimal)random.NextDouble() * 0.02m : null,
            };
            var prices = new Dictionary<string, ModelPrice> { ["*"] = new(1m, 4m), ["selector"] = new(10m, 40m) };
            IReasoningStrategy strategy = StrategyCatalogue.Create(names[random.Next(names.Length)], new() { Samples = random.Next(1, 30) });
            var noisy = new NoisyModel(random.NextDouble(), random.Next(2) * 7);
            var options = new RunOptions { RunId = $"r{run}", Seed = run, Limits = limits, Prices = prices };
            ScheduledOutcome outcome = ScheduledRun.Run(strategy, request, call => Obedient(noisy.Answer(call), call), run, options, can: StrategyContract.Needed(strategy));
            RunUsage usage = outcome.Result.Usage;

            Assert.True(limits.Calls is null || outcome.Dispatched.Count <= limits.Calls, $"run {run}: {outcome.Dispatched.Count} calls of {limits.Calls}");
            Assert.True(limits.Tokens is null || usage.InputTokens + usage.OutputTokens <= limits.Tokens, $"run {run}: {usage.InputTokens + usage.OutputTokens} tokens of {limits.Tokens}");
            Assert.True(limits.Cost is null || usage.Cost <= limits.Cost, $"run {run}: {usage.Cost} of {limits.Cost}");

            bool denied = outcome.Result.Candidates.Any(c => c.Sample.Failure?.Kind == CallFailureKind.BudgetExhausted);
            limited += denied ? 1 : 0;
            bool hasAnswer = outcome.Result.Candidates.Any(c => c.Answer is not null);
            Assert.True(hasAnswer == outcome.Result.Answer is not null || outcome.Result.Candidates.Count == 1, $"run {run}: an answer was there and not given");
            if (denied && hasAnswer)
                Assert.Contains(outcome.Result.StopReason, new[] { StopReason.BudgetCalls, StopReason.BudgetTokens, StopReason.BudgetCost, StopReason.Consensus });
            if (outcome.Result.StopReason is StopReason.BudgetCalls)
                Assert.NotNull(limits.Calls);
            if (outcome.Result.StopReason is StopReason.BudgetTokens)
                Assert.NotNull(limits.Tokens);
        }

        Assert.InRange(limited, 200, 1000);
    }

    [Fact]
    public void LimitedRun_ReplaysFromEveryPrefix()
    {
        for (int run = 0; run < 20; run++)
        {
            var options = new RunOptions { RunId = "budget", Limits = new() { Tokens = 2500 } };
            IReasoningStrategy strategy = StrategyCatalogue.Create("adaptive-consistency", new() { Samples = 16 });
            CallOutcome Model(ModelCall call) => Obedient(new NoisyModel(0.5).Answer(call), call);
            ScheduledOutcome whole = ScheduledRun.Run(strategy, request, Model, run, options);
            for (int length = 0; length <= whole.Journal.Count; length++)
            {
                // The rest comes in the same order, so that even an order-sensitive budget must give the same run.
                JournalEntry[] prefix = [.. whole.Journal.Take(length)];
                ScheduledOutcome resumed = ScheduledRun.Run(strategy, request, Model, run, options, whole.Journal);
                Assert.Equal(whole.Result.Usage, resumed.Result.Usage);
                ScheduledOutcome other = ScheduledRun.Run(strategy, request, Model, run + 1, options, prefix);
                Assert.True(other.Result.Usage.InputTokens + other.Result.Usage.OutputTokens <= 2500);
            }
        }
    }

    [Fact]
    public async Task TimeLimit_GivesTheBestSoFar_AndCancelsTheRest()
    {
        int inFlight = 0;
        var model = new CallModel(_ => CallOutcome.FromText("<answer>42</answer>"))
        {
            Before = async (call, token) =>
            {
                if (call.Index < 3)
                    return;
                Interlocked.Increment(ref inFlight);
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    Interlocked.Decrement(ref inFlight);
                }
            },
        };
        ReasoningResult result = await new ReasoningRunner(model.Models).RunAsync(
            StrategyCatalogue.Create("self-consistency", new() { Samples = 8 }), request, new RunOptions { Limits = new() { Time = TimeSpan.FromMilliseconds(1500) } });
        Assert.Equal("42", result.Answer?.Text);
        Assert.Equal(StopReason.BudgetTime, result.StopReason);
        Assert.Equal(3, result.Votes.Single().Votes);
        Assert.Equal(0, inFlight);
    }

    [Fact]
    public void Branch_SpendsWithinItsOwnLimitAndItsParents()
    {
        int[] counts = new int[3];
        var loop = new ReasoningLoop(new LoopSettings(new RunOptions { Limits = new() { Calls = 7 } }, DateTimeOffset.UnixEpoch));
        loop.Start(async c =>
        {
            await Task.WhenAll(Count(c.Branch("a", new() { Calls = 3 }), 0), Count(c.Branch("b", new() { Calls = 2 }), 1), Count(c, 2));
            return 0;
        });
        Assert.Equal(7, loop.TakePending().Count);

        async Task Count(ReasoningContext context, int which)
        {
            await foreach (Sample sample in context.SampleAsync("solver", request.Messages, count: 5))
                counts[which] += sample.IsOk ? 1 : 0;
        }
    }

    [Fact]
    public async Task CostLimitWithoutPrice_IsAClearError()
    {
        InvalidOperationException missing = await Assert.ThrowsAsync<InvalidOperationException>(() => new ReasoningRunner(new CallModel(new NoisyModel().Answer).Models).RunAsync(
            StrategyCatalogue.Create("direct"), request, new RunOptions { Limits = new() { Cost = 1 } }));
        Assert.Contains("no price", missing.Message, StringComparison.Ordinal);
    }

    /// <summary>A model that keeps to the cap it is sent and reports what it used.</summary>
    private static CallOutcome Obedient(CallOutcome outcome, ModelCall call)
    {
        if (outcome.Usage is not { } usage)
            return outcome;
        long input = Math.Min(usage.InputTokens, call.Messages.Sum(m => m.Text.Length));
        return outcome with { Usage = new CallUsage(input, Math.Min(usage.OutputTokens, call.Options.MaxOutputTokens ?? int.MaxValue)) };
    }
}
