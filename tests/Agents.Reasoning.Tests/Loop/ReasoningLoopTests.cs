using Agents.Reasoning.Strategies;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Loop;

public sealed class ReasoningLoopTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("q");

    private static readonly SelfConsistencyStrategy strategy = new(new() { Samples = 4 });

    [Fact]
    public void Deliver_KeyThatWasNotRequested_IsAViolation()
    {
        ReasoningLoop loop = Started(out _);
        StrategyContractException broken = Assert.Throws<StrategyContractException>(() => loop.Deliver(new JournalEntry("|solver|0#0", CallOutcome.FromText("x"), 1)));
        Assert.Contains("|solver|0#0", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deliver_TheSameKeyTwice_IsAViolation()
    {
        ReasoningLoop loop = Started(out _);
        string key = loop.TakePending()[0].Key;
        loop.Deliver(new JournalEntry(key, CallOutcome.FromText("x"), 1));
        Assert.Throws<StrategyContractException>(() => loop.Deliver(new JournalEntry(key, CallOutcome.FromText("x"), 2)));
    }

    [Fact]
    public void Journal_OfChangedPrompt_IsRefused()
    {
        ScheduledOutcome recorded = ScheduledRun.Run(strategy, request, new NoisyModel().Answer, 1);
        Assert.Throws<StrategyContractException>(() => ScheduledRun.Run(strategy, ReasoningRequest.FromQuestion("another"), new NoisyModel().Answer, 1, prefix: recorded.Journal));
    }

    [Fact]
    public void Keys_AreContentDerived_AndEqualInEveryRun()
    {
        ReasoningLoop first = Started(out _), second = Started(out _);
        Assert.Equal(first.TakePending().Select(c => (c.Key, c.Seed)), second.TakePending().Select(c => (c.Key, c.Seed)));
    }

    [Fact]
    public void IdenticalRequests_CountTheirOccurrences_BranchesCountTheirOwn()
    {
        string[] keys = KeysOf(async c =>
        {
            await Task.WhenAll(Ask(c), Ask(c), Ask(c.Branch("a")), Ask(c.Branch("b").Branch("a")));
        });
        Assert.Equal(4, keys.Distinct().Count());
        Assert.Equal(["#0", "#1", "#0", "#0"], keys.Select(k => k[^2..]));
        Assert.StartsWith("/a|solver|", keys[2], StringComparison.Ordinal);
        Assert.StartsWith("/b/a|solver|", keys[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Options_AreInTheKey()
    {
        string[] keys = KeysOf(c => Task.WhenAll(
            c.JudgeAsync("solver", request.Messages, new() { Temperature = 0.1 }),
            c.JudgeAsync("solver", request.Messages, new() { Temperature = 0.2 }),
            c.JudgeAsync("solver", request.Messages, new() { StopSequences = ["a", "b"] }),
            c.JudgeAsync("solver", request.Messages, new() { StopSequences = ["ab"] })));
        Assert.Equal(4, keys.Select(k => k.Split('|')[2]).Distinct().Count());
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a|b")]
    [InlineData("a#b")]
    [InlineData("")]
    public void BranchLabel_WithReservedLetters_IsRefused(string label) =>
        Assert.ThrowsAny<ArgumentException>(() => KeysOf(c => Ask(c.Branch(label))));

    [Fact]
    public void AbandonedCalls_AreReported_AndTheirLateCompletionIsIgnored()
    {
        var loop = new ReasoningLoop(new LoopSettings(new RunOptions(), DateTimeOffset.UnixEpoch));
        Task<ReasoningResult> main = loop.Start(async c =>
        {
            await foreach (Sample _ in c.SampleAsync("solver", request.Messages, count: 3))
                break;
            await Ask(c);
            return new ReasoningResult { Strategy = "t", StopReason = StopReason.Completed };
        });
        IReadOnlyList<ModelCall> calls = loop.TakePending();
        loop.Deliver(new JournalEntry(calls[1].Key, CallOutcome.FromText("x"), 1));
        Assert.Equal([calls[0].Key, calls[2].Key], loop.TakeAbandoned());
        loop.Deliver(new JournalEntry(calls[0].Key, CallOutcome.FromText("late"), 2));
        Assert.False(main.IsCompleted);
        loop.Deliver(new JournalEntry(loop.TakePending().Single().Key, CallOutcome.FromText("y"), 3));
        Assert.True(main.IsCompletedSuccessfully);
        Assert.Equal(2, loop.Usage.AbandonedCalls);
    }

    [Fact]
    public void Time_IsThatOfTheLastDelivery_AndTimersAreEntries()
    {
        var seen = new List<long>();
        var loop = new ReasoningLoop(new LoopSettings(new RunOptions(), DateTimeOffset.FromUnixTimeMilliseconds(1000)));
        Task<ReasoningResult> main = loop.Start(async c =>
        {
            seen.Add(c.Time.GetUtcNow().ToUnixTimeMilliseconds());
            await Task.Delay(TimeSpan.FromSeconds(2), c.Time);
            seen.Add(c.Time.GetUtcNow().ToUnixTimeMilliseconds());
            return new ReasoningResult { Strategy = "t", StopReason = StopReason.Completed };
        });
        ModelCall timer = loop.TakePending().Single();
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(3000), timer.Due);
        loop.Deliver(new JournalEntry(timer.Key, new CallOutcome(), 3007));
        Assert.True(main.IsCompletedSuccessfully);
        Assert.Equal([1000, 3007], seen);
    }

    [Fact]
    public void CreateRandom_DependsOnSeedBranchAndLabel_NotOnOrder()
    {
        int[] Draw(long seed, params string[] order)
        {
            var drawn = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var loop = new ReasoningLoop(new LoopSettings(new RunOptions { Seed = seed }, DateTimeOffset.UnixEpoch));
            loop.Start(c =>
            {
                foreach (string label in order)
                    drawn[label] = c.Branch("x").CreateRandom(label).Next();
                return Task.FromResult(0);
            });
            return [.. drawn.Values];
        }

        Assert.Equal(Draw(1, "a", "b", "c"), Draw(1, "c", "b", "a"));
        Assert.NotEqual(Draw(1, "a", "b", "c"), Draw(2, "a", "b", "c"));
        Assert.Equal(3, Draw(1, "a", "b", "c").Distinct().Count());
    }

    [Fact]
    public void Samples_CanBeEnumeratedOnce()
    {
        var loop = new ReasoningLoop(new LoopSettings(new RunOptions(), DateTimeOffset.UnixEpoch));
        Task<int> main = loop.Start(async c =>
        {
            IAsyncEnumerable<Sample> samples = c.SampleAsync("solver", request.Messages, count: 0);
            await foreach (Sample _ in samples)
            {
            }

            await foreach (Sample _ in samples)
            {
            }

            return 0;
        });
        Assert.IsType<InvalidOperationException>(main.Exception!.InnerException);
    }

    [Fact]
    public void Rounds_AreTheLongestChainOfCalls()
    {
        ScheduledOutcome outcome = ScheduledRun.Run(new UniversalSelfConsistencyStrategy(new() { Samples = 6 }), request, new NoisyModel(1, 0).Answer, 4);
        Assert.Equal(2, outcome.Result.Rounds);
    }

    private static ReasoningLoop Started(out Task<ReasoningResult> main)
    {
        var loop = new ReasoningLoop(new LoopSettings(new RunOptions(), DateTimeOffset.UnixEpoch));
        main = loop.Start(c => strategy.RunAsync(c, request));
        return loop;
    }

    private static string[] KeysOf(Func<ReasoningContext, Task> body)
    {
        var loop = new ReasoningLoop(new LoopSettings(new RunOptions(), DateTimeOffset.UnixEpoch));
        Task<int> main = loop.Start(async c =>
        {
            await body(c);
            return 0;
        });
        return main.IsFaulted ? throw main.Exception!.InnerException! : [.. loop.TakePending().Select(c => c.Key)];
    }

    private static Task<Sample> Ask(ReasoningContext context) => context.JudgeAsync("solver", request.Messages);
}
