using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>
/// One thread that writes: it takes all writes that wait, from whichever run, and commits them in one transaction, so that under
/// load many share one commit and a lone one does not wait for company. A write is durable when its task completes. Writes take
/// effect in the order in which they were submitted. When a transaction fails, its writes are tried again one by one, so that an
/// error reaches only the caller it belongs to; a write must therefore be repeatable. Thread-safe.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable, IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly SqliteConnection connection;
    private readonly Thread thread;
    private readonly Statement begin;
    private readonly Statement commit;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string closedMessage;
    private List<Write> waiting = [];
    private bool closing;

    /// <param name="connection">Used by this writer's thread alone until <see cref="Dispose"/> is done; not disposed.</param>
    /// <param name="name">The store in words: the thread's name.</param>
    public GroupCommit(SqliteConnection connection, string name)
    {
        this.connection = connection;
        closedMessage = $"The {name} is closed.";
        begin = new Statement(connection, "BEGIN IMMEDIATE");
        commit = new Statement(connection, "COMMIT");
        // A thread of its own: commits block on the disk, and a busy thread pool must not hold up the journal.
        thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Queues a write. The task completes after its commit, or fails with what the write or the commit threw.</summary>
    /// <param name="write">Runs on the writer's thread inside a transaction, perhaps twice.</param>
    /// <param name="failed">Called on the writer's thread when the write has failed, before any later write runs.</param>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<T> SubmitAsync<T>(Func<T> write, Action<Exception>? failed = null)
    {
        var queued = new Write<T>(write, failed);
        lock (gate)
        {
            if (closing)
                throw new ObjectDisposedException(null, closedMessage);
            waiting.Add(queued);
            if (waiting.Count == 1)
                arrived.Release();
        }
        return queued.Task;
    }

    /// <summary>Writes what is queued and ends the thread. May be called again.</summary>
    public void Dispose()
    {
        Close();
        thread.Join(); // Needs no thread of the pool, which may have none left.
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Close();
        return new ValueTask(ended.Task);
    }

    private void Close()
    {
        lock (gate)
        {
            if (closing)
                return;
            closing = true;
            arrived.Release();
        }
    }

    private void WriteUntilClosed()
    {
        List<Write> spare = [];
        while (true)
        {
            arrived.Wait();
            List<Write> batch;
            lock (gate)
            {
                if (waiting.Count == 0 && closing)
                    break;
                (batch, waiting) = (waiting, spare);
            }
            CommitEach(batch);
            batch.Clear();
            spare = batch;
        }
        begin.Dispose();
        commit.Dispose();
        arrived.Dispose();
        ended.SetResult();
    }

    private void CommitEach(List<Write> batch)
    {
        if (TryBegin() is { } closed)
        {
            // Nothing of this batch is at fault, and each alone would wait as long again.
            batch.ForEach(write => write.Fail(closed));
        }
        else if (TryCommit(batch) is not { } error)
        {
            batch.ForEach(write => write.Complete());
        }
        else if (batch.Count == 1)
        {
            batch[0].Fail(error);
        }
        else
        {
            batch.ForEach(write => CommitEach([write]));
        }
    }

#pragma warning disable CA1031 // This thread belongs to all callers: whatever a write throws is carried to the one who submitted it.
    private Exception? TryBegin()
    {
        try
        {
            begin.Execute();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private Exception? TryCommit(List<Write> writes)
    {
        try
        {
            foreach (Write write in writes)
                write.Run();
            commit.Execute();
            return null;
        }
        catch (Exception e)
        {
            return RollBack() is { } second ? new AggregateException(e, second) : e;
        }
    }
#pragma warning restore CA1031

    private SqliteException? RollBack()
    {
        // A full disk or an I/O error has rolled back already.
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0)
            return null;
        try
        {
            Statement.Run(connection, "ROLLBACK");
            return null;
        }
        catch (SqliteException e)
        {
            return e;
        }
    }

    private abstract class Write
    {
        public abstract void Run();
        public abstract void Complete();
        public abstract void Fail(Exception error);
    }

    private sealed class Write<T>(Func<T> write, Action<Exception>? failed) : Write
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Task => completion.Task;

        public override void Run() => result = write();

        public override void Complete() => completion.SetResult(result!);

        public override void Fail(Exception error)
        {
            failed?.Invoke(error);
            completion.SetException(error);
        }
    }
}
