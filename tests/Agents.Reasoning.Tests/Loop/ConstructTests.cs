using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Loop;

/// <summary>What a strategy may and may not do on the loop: each construct either works or fails clearly; none hangs.</summary>
public sealed class ConstructTests
{
    private static readonly IReadOnlyList<ChatMessage> question = [new(ChatRole.User, "q")];

    public static TheoryData<string> Legal => [.. legal.Keys];

    public static TheoryData<string> Forbidden => [.. forbidden.Keys];

    private static readonly Dictionary<string, Func<ReasoningContext, Task>> legal = new(StringComparer.Ordinal)
    {
        ["await foreach with break"] = async c =>
        {
            await foreach (Sample _ in c.SampleAsync("solver", question, count: 4))
                break;
        },
        ["own token cancelled on the turn"] = async c =>
        {
            using var stop = new CancellationTokenSource();
            try
            {
                await foreach (Sample _ in c.SampleAsync("solver", question, count: 4).WithCancellation(stop.Token))
                    stop.Cancel();
            }
            catch (OperationCanceledException)
            {
                return;
            }

            throw new InvalidOperationException("The token was ignored.");
        },
        ["WhenAll"] = c => Task.WhenAll(Judge(c, "a"), Judge(c, "b"), Judge(c, "c")),
        ["WhenAny"] = async c => await await Task.WhenAny(Judge(c, "a"), Judge(c, "b")),
        ["WhenEachAsync"] = async c =>
        {
            int seen = 0;
            await foreach (Sample _ in c.WhenEachAsync([Judge(c, "a"), Judge(c, "b"), Judge(c, "c")]))
                seen++;
            Assert.Equal(3, seen);
        },
        ["own async iterator"] = async c =>
        {
            await foreach (string text in TextsAsync(c))
                Assert.NotNull(text);
        },
        ["Task.Yield"] = async c =>
        {
            await Judge(c, "a");
            await Task.Yield();
            await Judge(c, "b");
        },
        ["TaskCompletionSource of its own"] = async c =>
        {
            var source = new TaskCompletionSource<int>();
            Task first = SetAsync();
            Assert.Equal(3, await source.Task);
            await first;
            async Task SetAsync()
            {
                await Judge(c, "a");
                source.SetResult(3);
            }
        },
        ["delay on the context's time"] = c => Task.Delay(TimeSpan.FromSeconds(5), c.Time),
        ["time-out on the context's time"] = async c =>
        {
            using var late = new CancellationTokenSource(TimeSpan.FromHours(1), c.Time);
            await c.JudgeAsync("solver", question, cancellationToken: late.Token);
        },
        ["WaitAsync on the context's time"] = c => Judge(c, "a").WaitAsync(TimeSpan.FromHours(1), c.Time),
        ["dispose that calls the model"] = async c =>
        {
            await using var asks = new AsksOnDispose(c);
            await Judge(c, "a");
        },
        ["SemaphoreSlim without token"] = async c =>
        {
            using var one = new SemaphoreSlim(1);
            await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
            {
                await one.WaitAsync();
                await Judge(c, $"s{i}");
                one.Release();
            }));
        },
    };

    private static readonly Dictionary<string, Func<ReasoningContext, Task>> forbidden = new(StringComparer.Ordinal)
    {
        ["ConfigureAwait(false)"] = async c =>
        {
            await Judge(c, "a").ConfigureAwait(false);
            await Judge(c, "b");
        },
        // A moment of work: a foreign task that is done before it is awaited never leaves the turn, and only the scan sees it.
        ["Task.Run"] = async c => await Task.Run(() => Thread.Sleep(50)),
        ["StartNew"] = async c => await Task.Factory.StartNew(() => Thread.Sleep(50), CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default),
        ["ContinueWith"] = async c => await Judge(c, "a").ContinueWith(_ => 1, TaskScheduler.Default),
        ["Task.Delay on the wall clock"] = async c => await Task.Delay(20),
        ["Task.WhenEach"] = async c =>
        {
            await foreach (Task<Sample> task in Task.WhenEach(Judge(c, "a"), Judge(c, "b")))
                await task;
        },
        ["Parallel.ForEachAsync"] = async c => await Parallel.ForEachAsync([1, 2], async (_, _) =>
        {
            Thread.Sleep(50);
            await Task.Yield();
        }),
        ["SemaphoreSlim with token"] = async c =>
        {
            using var none = new SemaphoreSlim(0);
            using var stop = new CancellationTokenSource();
            Task release = ReleaseAsync();
            await none.WaitAsync(stop.Token);
            await release;

            async Task ReleaseAsync()
            {
                await Judge(c, "a");
                none.Release();
            }
        },
        ["wall-clock time-out that fires"] = async c =>
        {
            using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(10));
            await foreach (Sample _ in c.SampleAsync("slow", question, cancellationToken: late.Token))
            {
            }
        },
        ["context used in another thread"] = async c =>
        {
            Task<Sample> other = Task.Run(() => c.JudgeAsync("solver", question));
            await other;
        },
        ["a task nobody completes"] = async c => await new TaskCompletionSource().Task,
    };

    [Theory, MemberData(nameof(Legal))]
    public async Task LegalConstruct_Works(string construct)
    {
        Strategy strategy = new(legal[construct]);
        Assert.NotNull((await new ReasoningRunner(Models()).RunAsync(strategy, ReasoningRequest.FromQuestion("q"))).Failure);
        for (int order = 0; order < 10; order++)
            Assert.NotNull(ScheduledRun.Run(strategy, ReasoningRequest.FromQuestion("q"), _ => CallOutcome.FromText("x"), order).Result);
    }

    [Theory, MemberData(nameof(Forbidden))]
    public async Task ForbiddenConstruct_FailsClearlyInsteadOfHanging(string construct)
    {
        var runner = new ReasoningRunner(Models());
        await Assert.ThrowsAsync<StrategyContractException>(() => runner.RunAsync(new Strategy(forbidden[construct]), ReasoningRequest.FromQuestion("q")).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task BlockingWait_IsNoticedByTheWatchdog()
    {
        // The only construct that cannot be seen from inside: the thread never comes back. The scan finds it before it runs.
        using var release = new ManualResetEventSlim();
        var runner = new ReasoningRunner(Models()) { TurnTimeout = TimeSpan.FromMilliseconds(200) };
        StrategyContractException stuck = await Assert.ThrowsAsync<StrategyContractException>(() => runner.RunAsync(
            new Strategy(c =>
            {
                release.Wait();
                return Task.CompletedTask;
            }),
            ReasoningRequest.FromQuestion("q")).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("blocks", stuck.Message, StringComparison.Ordinal);
        release.Set();
    }

    private static ReasoningModels Models() => new CallModel(_ => CallOutcome.FromText("x")) { Before = (call, token) => Task.Delay(call.Role == "slow" ? 2000 : 1, token) }.Models
        .With("slow", new SlowSampler());

    private static Task<Sample> Judge(ReasoningContext context, string text) => context.JudgeAsync("solver", [new ChatMessage(ChatRole.User, text)]);

    private static async IAsyncEnumerable<string> TextsAsync(ReasoningContext context)
    {
        for (int i = 0; i < 3; i++)
            yield return (await Judge(context, $"t{i}")).Text;
    }

    private sealed class AsksOnDispose(ReasoningContext context) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Judge(context, "last");
    }

    private sealed class SlowSampler : ISampler
    {
        public string ModelId => "slow";

        public SamplerCapabilities Capabilities => SamplerCapabilities.None;

        public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            yield break;
        }
    }

    private sealed class Strategy(Func<ReasoningContext, Task> body) : IReasoningStrategy
    {
        public StrategyDescription Description { get; } = new("test", "", "", "", "");

        public string Fingerprint => "test";

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            await body(context);
            return new ReasoningResult { Strategy = "test", StopReason = StopReason.NoAnswer, Failure = "done" };
        }
    }
}
