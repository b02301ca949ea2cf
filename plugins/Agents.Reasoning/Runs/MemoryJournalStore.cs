using System.Collections.Concurrent;

namespace Agents.Reasoning;

/// <summary>Journals in memory: for tests, and for hosts whose runs need not outlive the process. Thread-safe.</summary>
public sealed class MemoryJournalStore : IJournalStore
{
    private readonly ConcurrentDictionary<string, Run> runs = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<IRunJournal> OpenAsync(RunHeader header, CancellationToken cancellationToken = default)
    {
        Run run = runs.GetOrAdd(header.RunId, static (_, h) => new Run(h), header);
        if (run.Header != header)
            throw new JournalMismatchException($"Run {header.RunId} was journaled as {run.Header}, not as {header}.");
        if (!run.TryLease())
            throw new JournalLeaseException($"Run {header.RunId} is being written by another journal of this process.");
        return ValueTask.FromResult<IRunJournal>(new Lease(run));
    }

    /// <summary>The entries of a run so far, in order.</summary>
    public IReadOnlyList<JournalEntry> Entries(string runId) => runs.TryGetValue(runId, out Run? run) ? [.. run.Entries] : [];

    private sealed class Run(RunHeader header)
    {
        private int leased;

        public RunHeader Header { get; } = header;

        public List<JournalEntry> Entries { get; } = [];

        public string? Result { get; set; }

        public bool TryLease() => Interlocked.Exchange(ref leased, 1) == 0;

        public void Release() => Volatile.Write(ref leased, 0);
    }

    private sealed class Lease(Run run) : IRunJournal
    {
        public RunHeader Header => run.Header;

        public IReadOnlyList<JournalEntry> Recorded { get; } = [.. run.Entries];

        public string? RecordedResult { get; } = run.Result;

        public ValueTask AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
        {
            run.Entries.AddRange(entries);
            return ValueTask.CompletedTask;
        }

        public ValueTask CompleteAsync(string resultJson, CancellationToken cancellationToken = default)
        {
            run.Result = resultJson;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            run.Release();
            return ValueTask.CompletedTask;
        }
    }
}
