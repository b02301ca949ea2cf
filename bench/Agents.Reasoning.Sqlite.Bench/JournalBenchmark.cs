using System.Diagnostics;
using System.Globalization;

namespace Agents.Reasoning.Sqlite.Bench;

/// <summary>What a journaled entry of 2 KB costs: alone, in batches, from many runs at once; then resuming, opening and the sample store.</summary>
public static class JournalBenchmark
{
    private const int OutcomeChars = 2000;
    private const int Runs = 64;

    private static readonly CallOutcome outcome = CallOutcome.FromText(string.Concat(Enumerable.Repeat("Half of the balls are golf, so 8. ", OutcomeChars))[..OutcomeChars], new CallUsage(300, 500));

    /// <summary>Measures in new files under <paramref name="folder"/>, deleted afterwards, and writes one line per figure.</summary>
    public static async Task RunAsync(TextWriter output, string folder)
    {
        string own = Path.Combine(folder, $"journal-bench-{Guid.NewGuid():N}");
        try
        {
            await AppendAsync(Path.Combine(own, "warm-up.db"), SqliteSynchronous.Normal, 8, 4000);
            foreach (SqliteSynchronous synchronous in Enum.GetValues<SqliteSynchronous>())
            {
                foreach (int batch in (int[])[1, 8, 64])
                {
                    int entries = synchronous == SqliteSynchronous.Full && batch == 1 ? 1000 : 16_000;
                    Cost cost = await AppendAsync(Path.Combine(own, $"{synchronous}-{batch}.db"), synchronous, batch, entries);
                    await LineAsync(output, $"append, {synchronous}, one run, {batch} a batch", cost, "an entry");
                }
                Cost many = await AppendFromManyRunsAsync(Path.Combine(own, $"{synchronous}-many.db"), synchronous);
                await LineAsync(output, $"append, {synchronous}, {Runs} runs at once, 1 a batch", many, "an entry");
            }
            await LineAsync(output, "resume a run of 16000 entries", await ResumeAsync(Path.Combine(own, $"{SqliteSynchronous.Normal}-64.db"), 16_000), "an entry");
            await LineAsync(output, "open, complete and dispose a run, one after the other", await ShortRunsAsync(Path.Combine(own, "short.db"), 1), "a run");
            await LineAsync(output, $"open, complete and dispose a run, {Runs} at once", await ShortRunsAsync(Path.Combine(own, "short-many.db"), Runs), "a run");
            (Cost add, Cost find) = await SamplesAsync(Path.Combine(own, "samples.db"));
            await LineAsync(output, "sample store, add, 64 a batch", add, "a sample");
            await LineAsync(output, "sample store, find, 64 a batch", find, "a sample");
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }

    private static Task LineAsync(TextWriter output, string what, Cost cost, string per) =>
        output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{what,-56} {cost.Wall,9:F1} µs {per}, {cost.Processor:F1} µs of it processor time"));

    private static RunHeader Header(int run) => new($"run-{run}", "best-of-n", "f", "i", "o");

    private static JournalEntry Entry(int i) => new($"solve/branch-{i % 7} | generator | 5f0c8e7d9a3b4c1e8d7f6a5b4c3d2e1f # {i}", outcome, 1_700_000_000_000 + i);

    private static async Task<Cost> AppendAsync(string path, SqliteSynchronous synchronous, int batch, int entries)
    {
        await using SqliteJournalStore store = SqliteJournalStore.Open(path, new() { Synchronous = synchronous });
        await using IRunJournal journal = await store.OpenAsync(Header(0));
        Start start = Start.Now;
        for (int i = 0; i < entries; i += batch)
            await journal.AppendAsync([.. Enumerable.Range(i, batch).Select(Entry)]);
        return start.Per(entries);
    }

    private static async Task<Cost> AppendFromManyRunsAsync(string path, SqliteSynchronous synchronous)
    {
        const int entriesEach = 250;
        await using SqliteJournalStore store = SqliteJournalStore.Open(path, new() { Synchronous = synchronous });
        Start start = Start.Now;
        await Task.WhenAll(Enumerable.Range(0, Runs).Select(run => Task.Run(async () =>
        {
            await using IRunJournal journal = await store.OpenAsync(Header(run));
            for (int i = 0; i < entriesEach; i++)
                await journal.AppendAsync([Entry(i)]);
        })));
        return start.Per(Runs * entriesEach);
    }

    private static async Task<Cost> ResumeAsync(string path, int entries)
    {
        await using SqliteJournalStore store = SqliteJournalStore.Open(path);
        Start start = Start.Now;
        await using IRunJournal journal = await store.OpenAsync(Header(0));
        return start.Per(journal.Recorded.Count == entries ? entries : throw new InvalidDataException("Entries are missing."));
    }

    private static async Task<Cost> ShortRunsAsync(string path, int parallel)
    {
        const int runs = 4096;
        await using SqliteJournalStore store = SqliteJournalStore.Open(path);
        Start start = Start.Now;
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(worker => Task.Run(async () =>
        {
            for (int run = worker; run < runs; run += parallel)
            {
                await using IRunJournal journal = await store.OpenAsync(Header(run));
                await journal.CompleteAsync("{}");
            }
        })));
        return start.Per(runs);
    }

    private static async Task<(Cost Add, Cost Find)> SamplesAsync(string path)
    {
        const int samples = 16_000, batch = 64;
        await using SqliteSampleStore store = SqliteSampleStore.Open(path);
        SampleKey[][] keys = [.. Enumerable.Range(0, samples).Select(i => new SampleKey("openai:gpt-x@https://example.org", $"{i / 8:x32}", 42, i % 8)).Chunk(batch)];
        Start start = Start.Now;
        foreach (SampleKey[] some in keys)
            await store.AddAsync([.. some.Select(key => KeyValuePair.Create(key, outcome))]);
        Cost add = start.Per(samples);

        start = Start.Now;
        int found = 0;
        foreach (SampleKey[] some in keys)
            found += (await store.FindAsync(some)).Count;
        return (add, start.Per(found == samples ? samples : throw new InvalidDataException("Samples are missing.")));
    }

    /// <summary>Microseconds of one of many; processor time is that of all threads, and steadier on a busy machine.</summary>
    private readonly record struct Cost(double Wall, double Processor);

    private readonly record struct Start(long Wall, TimeSpan Processor)
    {
        public static Start Now => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

        public Cost Per(int count) => new(Stopwatch.GetElapsedTime(Wall).TotalMicroseconds / count, (Environment.CpuUsage.TotalTime - Processor).TotalMicroseconds / count);
    }
}
