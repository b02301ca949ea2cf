using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>
/// Run journals in one SQLite file. Thread-safe; many runs may be open at once, in several processes on one machine.
/// <para>
/// <b>Durability.</b> One thread commits what all open runs append, many appends to a transaction under load (group commit). An
/// append is durable when its task completes, and what it takes to lose it is stated by <see cref="SqliteStoreOptions.Synchronous"/>.
/// A cancellation token counts until a write is queued; a queued write is carried out. Writes fail with the
/// <see cref="SqliteException"/> of their cause, such as a full disk; the journal then takes no more and the run can be opened
/// again. Reads use connections of their own and run on the caller's thread.
/// </para>
/// <para>
/// <b>Leases.</b> A run has one writer. Its row names the store that writes it, and every store holds one file beside the database
/// (<c>…-lease-…</c>) under a lock of the operating system, which ends with the process even at kill -9. A run is taken over, in a
/// transaction, only when that lock is gone: nothing expires, no clock is compared, and a lease costs no file of its own. All
/// processes must see one file system and one kernel's locks, which SQLite's WAL mode demands as well: no network shares.
/// </para>
/// </summary>
public sealed class SqliteJournalStore : IJournalStore, IAsyncDisposable, IDisposable
{
    private readonly Lock closing = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> openRuns = new(StringComparer.Ordinal);
    private readonly DatabaseFile file;
    private readonly SqliteConnection connection;
    private readonly LeaseFile lease;
    private readonly TimeProvider time;
    private readonly ReaderPool<JournalReader> readers;

    private SqliteJournalStore(DatabaseFile file, SqliteConnection connection, LeaseFile lease, JournalWriter writer, TimeProvider time)
    {
        this.file = file;
        this.connection = connection;
        this.lease = lease;
        this.time = time;
        Writer = writer;
        string name = $"journal store {file.FullPath}";
        Writes = new GroupCommit(connection, name);
        readers = new ReaderPool<JournalReader>(file, name, reader => new JournalReader(reader));
    }

    /// <summary>The database file, symbolic links resolved.</summary>
    public string FullPath => file.FullPath;

    internal GroupCommit Writes { get; }

    internal JournalWriter Writer { get; }

    /// <summary>Opens the store of a file, which is made, with its folder, if it is not there.</summary>
    /// <param name="path">The database file. Its neighbours <c>-wal</c>, <c>-shm</c> and <c>-lease-…</c> belong to it while it is open.</param>
    /// <param name="options">How the file is used; null for the defaults.</param>
    /// <returns>The store; the caller disposes it, which writes what is queued and ends the leases of its open runs.</returns>
    /// <exception cref="InvalidDataException">The file is no SQLite database, another kind of one, damaged, or of a newer version. It is left as it was.</exception>
    /// <exception cref="IOException">The file cannot be opened for writing, or its file system cannot lock.</exception>
    public static SqliteJournalStore Open(string path, SqliteStoreOptions? options = null)
    {
        options = (options ?? new SqliteStoreOptions()).Validated();
        (SqliteConnection connection, DatabaseFile file) = DatabaseFile.Open(path, JournalSchema.Schema, options);
        LeaseFile? lease = null;
        try
        {
            Statement.Run(connection, "BEGIN IMMEDIATE");
            lease = new LeaseFile(file.FullPath);
            var writer = new JournalWriter(connection, file.FullPath, options.Time, lease);
            writer.Enlist();
            Statement.Run(connection, "COMMIT");
            return new SqliteJournalStore(file, connection, lease, writer, options.Time);
        }
        catch
        {
            lease?.Dispose();
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="JournalMismatchException">The run exists with another header; the message names the field and both values.</exception>
    /// <exception cref="JournalLeaseException">The run is being written; the message names the process, where it is another's.</exception>
    /// <exception cref="InvalidDataException">The run's entries are damaged.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public async ValueTask<IRunJournal> OpenAsync(RunHeader header, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        cancellationToken.ThrowIfCancellationRequested();
        if (!openRuns.TryAdd(header.RunId, time.GetUtcNow()))
            throw new JournalLeaseException($"Run '{header.RunId}' of {FullPath} is being written by another open journal of this process ({Environment.ProcessId}). Dispose that one first, or use another run id.");

        OpenedRun? run = null;
        try
        {
            run = await Writes.SubmitAsync(() => Writer.Open(header)).ConfigureAwait(false);
            return run.IsNew
                ? new SqliteRunJournal(this, header, run, [], null)
                : readers.Read(reader => new SqliteRunJournal(this, header, run, reader.Entries(run.Id, header, cancellationToken), reader.Result(run.Id)));
        }
        catch when (run is not null)
        {
            // The lease was taken: give it back as a journal would.
            await new SqliteRunJournal(this, header, run, [], null).DisposeAsync().ConfigureAwait(false);
            throw;
        }
        catch
        {
            Forget(header.RunId);
            throw;
        }
    }

    /// <summary>The runs that have finished, by their ids in ordinal order, with what they came to. Takes no lease.</summary>
    /// <exception cref="InvalidDataException">A run's result is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public IReadOnlyList<RecordedRun> FinishedRuns(CancellationToken cancellationToken = default) => readers.Read(reader => reader.Finished(cancellationToken));

    /// <summary>Removes a run's journal, for good. The run must not be open.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="JournalLeaseException">This process is writing the run.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<bool> DeleteAsync(string runId) => openRuns.ContainsKey(runId)
        ? throw new JournalLeaseException($"Run '{runId}' of {FullPath} is being written; it can be removed once it has ended.")
        : Writes.SubmitAsync(() => Writer.Delete(runId));

    /// <summary>Writes what is queued, ends the leases and closes the file. Journals still open fail from then on.</summary>
    public void Dispose()
    {
        Writes.Dispose();
        Release();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        await Writes.DisposeAsync().ConfigureAwait(false);
        Release();
    }

    internal void Forget(string runId) => openRuns.TryRemove(runId, out _);

    /// <summary>Lets go of the file. The writer's thread has ended, so its connection may be used here.</summary>
    private void Release()
    {
        lock (closing)
        {
            if (connection.State == ConnectionState.Closed)
                return;
            try
            {
                Writer.Dismiss();
            }
            catch (SqliteException)
            {
                // Staying on the list does no harm: the lock is what counts.
            }
            readers.Dispose();
            Writer.Dispose();
            connection.Dispose();
            lease.Dispose();
        }
    }
}
