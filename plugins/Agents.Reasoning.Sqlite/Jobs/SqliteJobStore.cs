using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>
/// The jobs of a host in one SQLite file: what was asked, where it stands, what came of it. The journal of a job's run is kept
/// elsewhere, under the job's id. Thread-safe; a change is durable when its task completes. One process writes a file at a time
/// as far as jobs are concerned: a second host would take up the same jobs.
/// </summary>
public sealed class SqliteJobStore : IAsyncDisposable, IDisposable
{
    private readonly SqliteConnection connection;
    private readonly TimeProvider time;
    private readonly GroupCommit writes;
    private readonly Statement insert;
    private readonly Statement update;
    private readonly Statement delete;
    private readonly Statement forget;
    private readonly Statement happen;
    private readonly Statement name;
    private readonly Statement named;
    private readonly ReaderPool<JobReader> readers;
    private readonly Lock closing = new();

    private SqliteJobStore(DatabaseFile file, SqliteConnection connection, TimeProvider time)
    {
        FullPath = file.FullPath;
        this.connection = connection;
        this.time = time;
        string store = $"job store {file.FullPath}";
        writes = new GroupCommit(connection, store);
        insert = new Statement(connection, "INSERT INTO jobs (id, owner, request, created, status, updated, output) VALUES ($1, $2, $3, $4, $5, $6, $7)", 7);
        // A job that has ended stays as it ended.
        update = new Statement(connection, $"UPDATE jobs SET status = $2, updated = $3, output = $4 WHERE id = $1 AND status < {(int)JobStatus.Completed}", 4);
        delete = new Statement(connection, $"DELETE FROM jobs WHERE id = $1 AND status >= {(int)JobStatus.Completed}", 1);
        forget = new Statement(connection, "DELETE FROM job_events WHERE job = $1", 1);
        // An event happens once, and to a job that has not ended.
        happen = new Statement(connection, $"INSERT INTO job_events (job, name, payload, created) SELECT id, $2, $3, $4 FROM jobs WHERE id = $1 AND status < {(int)JobStatus.Completed} ON CONFLICT DO NOTHING", 4);
        name = new Statement(connection, "INSERT INTO named_runs (owner, key, body_hash, run_id, created) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", 5);
        named = new Statement(connection, "SELECT body_hash, run_id FROM named_runs WHERE owner = $1 AND key = $2", 2);
        readers = new ReaderPool<JobReader>(file, store, reader => new JobReader(reader));
    }

    /// <summary>The database file, symbolic links resolved.</summary>
    public string FullPath { get; }

    /// <summary>Opens the store of a file, which is made, with its folder, if it is not there.</summary>
    /// <param name="path">The database file; not the one of another store.</param>
    /// <param name="options">How the file is used; null for the defaults.</param>
    /// <returns>The store; the caller disposes it, which writes what is queued.</returns>
    /// <exception cref="InvalidDataException">The file is no SQLite database, another kind of one, damaged, or of a newer version. It is left as it was.</exception>
    /// <exception cref="IOException">The file cannot be opened for writing.</exception>
    public static SqliteJobStore Open(string path, SqliteStoreOptions? options = null)
    {
        options = (options ?? new SqliteStoreOptions()).Validated();
        (SqliteConnection connection, DatabaseFile file) = DatabaseFile.Open(path, JobSchema.Schema, options);
        return new SqliteJobStore(file, connection, options.Time);
    }

    /// <summary>Adds a job.</summary>
    /// <exception cref="SqliteException">A job of this id is there, or the write failed.</exception>
    public Task AddAsync(JobRecord job) =>
        writes.SubmitAsync(() => insert.Execute(job.Id, job.Owner, job.Request, job.Created, (long)job.Status, job.Updated, job.Output));

    /// <summary>Notes where a job stands. A job that has ended, or is gone, is left alone.</summary>
    /// <returns>Whether it was noted.</returns>
    public Task<bool> UpdateAsync(string id, JobStatus status, string? output = null)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.SubmitAsync(() => update.Execute(id, (long)status, now, output) > 0);
    }

    /// <summary>Removes a job that has ended.</summary>
    /// <returns>Whether it was there and had ended.</returns>
    public Task<bool> DeleteAsync(string id) => writes.SubmitAsync(() =>
    {
        bool wasThere = delete.Execute(id) > 0;
        if (wasThere)
            forget.Execute(id);
        return wasThere;
    });

    /// <summary>Notes an event of a job: the first of each name stands, and none comes after the end.</summary>
    /// <param name="id">The job.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="payload">What it brought, as JSON.</param>
    /// <returns>Whether it was noted.</returns>
    public Task<bool> AddEventAsync(string id, string name, string payload)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.SubmitAsync(() => happen.Execute(id, name, payload, now) > 0);
    }

    /// <summary>What the event of this name brought to a job, or null where it has not happened.</summary>
    public string? EventOf(string id, string name) => readers.Read(reader => reader.EventOf(id, name));

    /// <summary>The job of this id, or null.</summary>
    public JobRecord? Find(string id) => readers.Read(reader => reader.Find(id));

    /// <summary>An owner's jobs, the latest first.</summary>
    public IReadOnlyList<JobRecord> List(string owner, int most) => readers.Read(reader => reader.List(owner, most));

    /// <summary>Every job that has not ended, the oldest first: what a host takes up again when it starts.</summary>
    public IReadOnlyList<JobRecord> Unfinished() => readers.Read(reader => reader.Unfinished());

    /// <summary>Binds an idempotency key to a run, or gives the run that it is bound to already.</summary>
    /// <param name="owner">Whose key it is: keys of different owners are different.</param>
    /// <param name="key">The key.</param>
    /// <param name="run">The run it is to name.</param>
    /// <returns>The run that it names: <paramref name="run"/> where the key was free.</returns>
    public Task<NamedRun> NameAsync(string owner, string key, NamedRun run)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.SubmitAsync(() =>
        {
            name.Execute(owner, key, run.BodyHash, run.RunId, now);
            using SqliteDataReader row = named.Query(owner, key);
            row.Read();
            return new NamedRun(row.Text(0), row.Text(1));
        });
    }

    /// <summary>Writes what is queued and closes the file.</summary>
    public void Dispose()
    {
        writes.Dispose();
        Release();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        await writes.DisposeAsync().ConfigureAwait(false);
        Release();
    }

    private void Release()
    {
        lock (closing)
        {
            readers.Dispose();
            foreach (Statement statement in (Statement[])[insert, update, delete, forget, happen, name, named])
                statement.Dispose();
            connection.Dispose();
        }
    }
}
