using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>The open journal of one run. After a failed append nothing more is written: a later entry must not stand without an earlier one.</summary>
internal sealed class SqliteRunJournal(SqliteJournalStore store, RunHeader header, OpenedRun run, IReadOnlyList<JournalEntry> recorded, string? recordedResult) : IRunJournal
{
    private readonly Lock gate = new();
    private long nextSeq = recorded.Count;
    private bool complete = run.IsComplete;
    private bool disposed;
    private Exception? failure; // Written and read on the writer's thread.

    public RunHeader Header => header;

    public IReadOnlyList<JournalEntry> Recorded => recorded;

    public string? RecordedResult => recordedResult;

    public ValueTask AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (entries.Count == 0)
            return default;
        // Serialised here, so that runs do it in parallel and the writer's thread only writes.
        var stored = new StoredEntry[entries.Count];
        for (int i = 0; i < stored.Length; i++)
            stored[i] = new StoredEntry(entries[i].Key, entries[i].At, StoredOutcome.ToUtf8(entries[i].Outcome));

        lock (gate)
        {
            long firstSeq = nextSeq;
            Task written = SubmitAsync(writer => writer.Append(run.Id, firstSeq, stored));
            nextSeq += stored.Length;
            return new ValueTask(written);
        }
    }

    public ValueTask CompleteAsync(string resultJson, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(resultJson);
        lock (gate)
        {
            Task written = SubmitAsync(writer => writer.Complete(run.Id, resultJson));
            complete = true;
            return new ValueTask(written);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (disposed)
                return;
            disposed = true;
        }
        try
        {
            await store.Writes.SubmitAsync(() => store.Writer.Release(run.Id)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SqliteException or ObjectDisposedException)
        {
            // The store is closed, and the lease with it; or the disk is full: this process may open the run again, another
            // one when this store is closed. Neither is worth hiding the exception that a disposal often follows.
        }
        finally
        {
            store.Forget(header.RunId);
        }
    }

    private Task<bool> SubmitAsync(Func<JournalWriter, bool> write)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (complete)
            throw new InvalidOperationException($"Run '{header.RunId}' is complete; its journal takes no more.");
        return store.Writes.SubmitAsync(
            () => failure is null ? write(store.Writer) : throw new InvalidOperationException($"Nothing more is written to the journal of run '{header.RunId}', because an earlier write failed: {failure.Message} Open it again to go on from its last entry.", failure),
            error => failure ??= error);
    }
}
