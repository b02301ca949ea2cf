using System.Diagnostics;
using System.Runtime.CompilerServices;
using Agents.Reasoning;
using Agents.Reasoning.Sqlite;
using Microsoft.Extensions.AI;

namespace Agents.Bench;

/// <summary>
/// What the loop costs a call: runs of 40 samples with 2 KB prompts against a model that answers at once, side by side with the
/// same fan-out by Task.WhenAll. Medians of several rounds, in microseconds and bytes a call.
/// </summary>
internal static class LoopBenchmark
{
    private const int Samples = 40;
    private const int Runs = 250;
    private const int Rounds = 7;

    private static readonly IReadOnlyList<ChatMessage> prompt = [new(ChatRole.User, new string('x', 2048))];

    public static async Task RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("agents-bench").FullName;
        try
        {
            var instant = new InstantSampler();
            var models = new ReasoningModels(instant);
            (string Name, Func<int, Task> Round)[] variants =
            [
                ("bare fan-out (Task.WhenAll)", _ => BareAsync(instant)),
                ("loop, no journal", _ => LoopAsync(new ReasoningRunner(models), "r")),
                ("loop, journal in memory", round => LoopAsync(new ReasoningRunner(models, new MemoryJournalStore()), $"m{round}-")),
                ("loop, SQLite journal", async round =>
                {
                    await using var journals = SqliteJournalStore.Open(Path.Combine(folder, $"j{round}.db"));
                    await LoopAsync(new ReasoningRunner(models, journals), "s");
                }),
            ];
            var times = variants.Select(_ => new List<double>()).ToArray();
            var bytes = new double[variants.Length];
            for (int round = 0; round < Rounds; round++)
            {
                for (int v = 0; v < variants.Length; v++)
                {
                    long allocated = GC.GetTotalAllocatedBytes(precise: true);
                    long start = Stopwatch.GetTimestamp();
                    await variants[v].Round(round);
                    times[v].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / (Samples * Runs));
                    bytes[v] = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)(Samples * Runs);
                }
            }

            Console.WriteLine($"{Samples} samples x {Runs} runs, 2 KB prompts, median of {Rounds} rounds, one run at a time:");
            double bare = Median(times[0]);
            for (int v = 0; v < variants.Length; v++)
                Console.WriteLine(FormattableString.Invariant($"{variants[v].Name,-30} {Median(times[v]),8:0.0} us/call  {bytes[v] / 1024,7:0.0} KiB/call  {Median(times[v]) / bare,7:0.0} x bare"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task BareAsync(InstantSampler sampler)
    {
        for (int run = 0; run < Runs; run++)
            await Task.WhenAll(Enumerable.Range(0, Samples).Select(i => OneAsync(sampler, i)));

        static async Task<CallOutcome?> OneAsync(InstantSampler sampler, int i)
        {
            CallOutcome? outcome = null;
            await foreach (SampleDelivery delivery in sampler.SampleAsync(new SampleBatch(prompt, SampleOptions.Default, [new SampleRequest("k", i, i)])))
                outcome = delivery.Outcome;
            return outcome;
        }
    }

    private static async Task LoopAsync(ReasoningRunner runner, string id)
    {
        var strategy = new DrawStrategy();
        var request = new ReasoningRequest { Messages = prompt };
        for (int run = 0; run < Runs; run++)
            await runner.RunAsync(strategy, request, new RunOptions { RunId = id + run });
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Draws samples and does nothing with them, so that only the loop is measured.</summary>
    private sealed class DrawStrategy : IReasoningStrategy
    {
        public StrategyDescription Description { get; } = new("draw", "", "N", "1", "");

        public string Fingerprint => "draw";

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            await foreach (Sample _ in context.SampleAsync("solver", request.Messages, count: Samples))
            {
            }

            return new ReasoningResult { Strategy = "draw", StopReason = StopReason.Completed };
        }
    }

    private sealed class InstantSampler : ISampler
    {
        private static readonly CallOutcome outcome = CallOutcome.FromText("The answer is 42.", new CallUsage(500, 8));

        public string ModelId => "instant";

        public SamplerCapabilities Capabilities => SamplerCapabilities.None;

        public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (SampleRequest request in batch.Requests)
                yield return new SampleDelivery(request.Key, outcome);
            await Task.CompletedTask;
        }
    }
}
