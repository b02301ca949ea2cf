using Agents.Reasoning.Composition;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Runs;

public sealed class ReasoningRunnerTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");

    private static IReasoningStrategy Strategy(string name = "self-consistency", int samples = 12) => StrategyCatalogue.Create(name, new() { Samples = samples });

    [Fact]
    public async Task KilledRun_ResumesWithoutAskingJournaledCallsAgain()
    {
        for (int killAfter = 1; killAfter < 12; killAfter++)
        {
            var journals = new MemoryJournalStore();
            var options = new RunOptions { RunId = "killed" };
            using var kill = new CancellationTokenSource();
            int answered = 0, limit = killAfter;
            var dying = new CallModel(new NoisyModel().Answer)
            {
                Before = async (_, token) =>
                {
                    if (Interlocked.Increment(ref answered) > limit)
                    {
                        kill.Cancel();
                        await Task.Delay(Timeout.Infinite, token);
                    }
                },
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ReasoningRunner(dying.Models, journals).RunAsync(Strategy(), request, options, cancellationToken: kill.Token));
            int journaled = journals.Entries("killed").Count(e => e.Key[0] != '$');

            var second = new CallModel(new NoisyModel().Answer);
            ReasoningResult resumed = await new ReasoningRunner(second.Models, journals).RunAsync(Strategy(), request, options);
            ReasoningResult undisturbed = await new ReasoningRunner(new CallModel(new NoisyModel().Answer).Models).RunAsync(Strategy(), request, options);
            Assert.Equal(12 - journaled, second.Calls);
            Assert.Equal(undisturbed.Answer!.Text, resumed.Answer!.Text);
            Assert.Equal(undisturbed.Usage, resumed.Usage);
            Assert.Equal(undisturbed.Votes.Select(v => v.Votes), resumed.Votes.Select(v => v.Votes));

            var third = new CallModel(new NoisyModel().Answer);
            ReasoningResult recorded = await new ReasoningRunner(third.Models, journals).RunAsync(Strategy(), request, options);
            Assert.Equal(0, third.Calls);
            Assert.Equal(resumed.Answer.Text, recorded.Answer!.Text);
            Assert.Equal(resumed.Candidates.Count, recorded.Candidates.Count);
        }
    }

    [Fact]
    public async Task JournalOfAnotherQuestionOrOption_IsRefused()
    {
        var journals = new MemoryJournalStore();
        var runner = new ReasoningRunner(new CallModel(new NoisyModel().Answer).Models, journals);
        await runner.RunAsync(Strategy(), request, new RunOptions { RunId = "r" });
        await Assert.ThrowsAsync<JournalMismatchException>(() => runner.RunAsync(Strategy(), ReasoningRequest.FromQuestion("other"), new RunOptions { RunId = "r" }));
        await Assert.ThrowsAsync<JournalMismatchException>(() => runner.RunAsync(Strategy(samples: 13), request, new RunOptions { RunId = "r" }));
        await Assert.ThrowsAsync<JournalMismatchException>(() => runner.RunAsync(Strategy(), request, new RunOptions { RunId = "r", Seed = 1 }));
    }

    [Fact]
    public async Task SecondRunOfTheSameId_IsRefusedWhileTheFirstGoesOn()
    {
        var journals = new MemoryJournalStore();
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var model = new CallModel(new NoisyModel().Answer)
        {
            Before = (_, _) =>
            {
                started.TrySetResult();
                return release.Task;
            },
        };
        var runner = new ReasoningRunner(model.Models, journals);
        Task<ReasoningResult> first = runner.RunAsync(Strategy(), request, new RunOptions { RunId = "r" });
        await started.Task;
        await Assert.ThrowsAsync<JournalLeaseException>(() => runner.RunAsync(Strategy(), request, new RunOptions { RunId = "r" }));
        release.SetResult();
        Assert.NotNull((await first).Answer);
    }

    [Fact]
    public async Task SampleStore_SixteenSamplesAfterEight_PayForEight()
    {
        var store = new MemorySampleStore();
        var model = new CallModel(new NoisyModel(0.6, 0).Answer);
        var runner = new ReasoningRunner(model.Models, samples: store);
        await runner.RunAsync(Strategy(samples: 8), request);
        Assert.Equal(8, model.Calls);
        await runner.RunAsync(Strategy(samples: 16), request);
        Assert.Equal(16, model.Calls);
        await runner.RunAsync(Strategy("adaptive-consistency", 16), request);
        Assert.Equal(16, model.Calls);
        await runner.RunAsync(Strategy(samples: 8).WithBudget(new() { Calls = 8 }), request);
        Assert.Equal(16, model.Calls);
        await runner.RunAsync(Strategy(samples: 8), request, new RunOptions { Seed = 1 });
        Assert.Equal(24, model.Calls);
    }

    [Fact]
    public async Task Consensus_CancelsCallsInFlight()
    {
        int inFlight = 0, cancelled = 0;
        var model = new CallModel(new NoisyModel(1, 0).Answer)
        {
            Before = async (call, token) =>
            {
                Interlocked.Increment(ref inFlight);
                try
                {
                    // The last stage: enough come at once, the others would take for ever.
                    if (call.Index >= 36)
                        await Task.Delay(Timeout.Infinite, token);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref cancelled);
                    throw;
                }
                finally
                {
                    Interlocked.Decrement(ref inFlight);
                }
            },
        };
        var strategy = new Agents.Reasoning.Strategies.AdaptiveConsistencyStrategy(new() { Schedule = [40], MaxSamples = 40 });
        ReasoningResult result = await new ReasoningRunner(model.Models).RunAsync(strategy, request);
        Assert.Equal(StopReason.Consensus, result.StopReason);
        Assert.Equal(0, inFlight);
        Assert.InRange(cancelled, 1, 4);
    }

    [Fact]
    public async Task Consensus_CancelsAJoinedRequestOfWhichNothingIsWantedAnyMore()
    {
        var sampler = new JoiningSampler(deliver: 30);
        var strategy = new Agents.Reasoning.Strategies.AdaptiveConsistencyStrategy(new() { Schedule = [40], MaxSamples = 40 });
        ReasoningResult result = await new ReasoningRunner(new ReasoningModels(sampler)).RunAsync(strategy, request).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(StopReason.Consensus, result.StopReason);
        Assert.Equal(1, sampler.Requests);
        Assert.True(sampler.WasCancelled);

        // Also while the run goes on: the second call of this strategy is answered only once the first request was cancelled.
        var staged = new JoiningSampler(deliver: 3);
        await new ReasoningRunner(new ReasoningModels(staged)).RunAsync(new LeaveEarlyStrategy(), request).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task MaxConcurrency_IsNeverExceeded()
    {
        int inFlight = 0, peak = 0;
        var model = new CallModel(new NoisyModel().Answer)
        {
            Before = async (_, token) =>
            {
                int now = Interlocked.Increment(ref inFlight);
                InterlockedMax(ref peak, now);
                await Task.Delay(5, token);
                Interlocked.Decrement(ref inFlight);
            },
        };
        await new ReasoningRunner(model.Models).RunAsync(Strategy(samples: 40), request, new RunOptions { MaxConcurrency = 8 });
        Assert.Equal(8, peak);
    }

    [Fact]
    public async Task SamplerThatThrows_LosesItsCallsNotTheRun()
    {
        ReasoningResult result = await new ReasoningRunner(new CallModel(call => call.Index == 0 ? throw new InvalidOperationException("boom") : new NoisyModel(1, 0).Answer(call)).Models)
            .RunAsync(Strategy(samples: 4), request);
        Assert.NotNull(result.Answer);
        Assert.Contains("boom", string.Join(' ', result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_FoldToTheResult_AndComeInOrder()
    {
        var events = new List<ReasoningEvent>();
        ReasoningResult result = await new ReasoningRunner(new CallModel(new NoisyModel().Answer).Models).RunAsync(Strategy(), request, observer: events.Add);
        Assert.IsType<RunStarted>(events[0]);
        Assert.Equal(result, Assert.IsType<RunCompleted>(events[^1]).Result);
        Assert.Equal(12, events.OfType<CallFinished>().Count());
        Assert.Equal(result.Candidates.Select(c => c.Index), events.OfType<CandidateAdded>().Select(e => e.Candidate.Index).Order());
    }

    [Fact]
    public async Task StrategyException_FaultsTheRunWithItsOwnType()
    {
        var failing = new ThrowingStrategy();
        await Assert.ThrowsAsync<FormatException>(() => new ReasoningRunner(new CallModel(new NoisyModel().Answer).Models).RunAsync(failing, request));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
            seen = Interlocked.CompareExchange(ref target, value, seen) is var old && old == seen ? value : old;
    }

    private sealed class ThrowingStrategy : IReasoningStrategy
    {
        public StrategyDescription Description { get; } = new("throws", "", "", "", "");

        public string Fingerprint => "throws";

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            await foreach (Sample _ in context.SampleAsync("solver", request.Messages, count: 3))
                throw new FormatException("own");
            throw new InvalidOperationException();
        }
    }

    /// <summary>Takes many samples in one request, delivers the first few and keeps the rest until it is cancelled. A single sample waits for that.</summary>
    private sealed class JoiningSampler(int deliver) : ISampler
    {
        public string ModelId => "joining";

        public SamplerCapabilities Capabilities { get; } = new() { MaxSamplesPerRequest = 64 };

        public int Requests { get; private set; }

        public bool WasCancelled => cancelled.Task.IsCompleted;

        private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Requests++;
            if (batch.Requests.Count == 1)
                await cancelled.Task;
            foreach (SampleRequest one in batch.Requests.Take(deliver))
                yield return new SampleDelivery(one.Key, CallOutcome.FromText("<answer>42</answer>"));
            if (batch.Requests.Count <= deliver)
                yield break;
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                cancelled.TrySetResult();
            }
        }
    }

    /// <summary>Leaves a request of eight after three, then asks one more.</summary>
    private sealed class LeaveEarlyStrategy : IReasoningStrategy
    {
        public StrategyDescription Description { get; } = new("leaves", "", "", "", "");

        public string Fingerprint => "leaves";

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            int seen = 0;
            await foreach (Sample _ in context.SampleAsync("solver", request.Messages, count: 8))
            {
                if (++seen == 3)
                    break;
            }

            await context.JudgeAsync("solver", request.Messages);
            return new ReasoningResult { Strategy = "leaves", StopReason = StopReason.Completed };
        }
    }
}
