using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>
/// Samples kept across runs in one SQLite file: a sample is bought once. Thread-safe, and safe for several processes of one
/// machine at once, who see each other's samples as they are added. Keys are compared exactly. One thread commits what all callers
/// add, many additions to a transaction under load; an addition is durable when its task completes
/// (<see cref="SqliteStoreOptions.Synchronous"/>). Lookups use connections of their own and run on the caller's thread.
/// </summary>
public sealed class SqliteSampleStore : ISampleStore, IAsyncDisposable, IDisposable
{
    private readonly DatabaseFile file;
    private readonly SqliteConnection connection;
    private readonly TimeProvider time;
    private readonly GroupCommit writes;
    private readonly Statement insert;
    private readonly ReaderPool<SampleReader> readers;
    private readonly Lock closing = new();

    private SqliteSampleStore(DatabaseFile file, SqliteConnection connection, TimeProvider time)
    {
        this.file = file;
        this.connection = connection;
        this.time = time;
        string name = $"sample store {file.FullPath}";
        writes = new GroupCommit(connection, name);
        insert = new Statement(connection, """
            INSERT INTO samples (model, prompt_hash, seed, "index", added, outcome) VALUES ($1, $2, $3, $4, $5, CAST($6 AS TEXT))
            ON CONFLICT DO NOTHING
            """, 6);
        readers = new ReaderPool<SampleReader>(file, name, reader => new SampleReader(reader));
    }

    /// <summary>The database file, symbolic links resolved.</summary>
    public string FullPath => file.FullPath;

    /// <summary>Opens the store of a file, which is made, with its folder, if it is not there.</summary>
    /// <param name="path">The database file; not the one of a journal store.</param>
    /// <param name="options">How the file is used; null for the defaults.</param>
    /// <returns>The store; the caller disposes it, which writes what is queued.</returns>
    /// <exception cref="InvalidDataException">The file is no SQLite database, another kind of one, damaged, or of a newer version. It is left as it was.</exception>
    /// <exception cref="IOException">The file cannot be opened for writing.</exception>
    public static SqliteSampleStore Open(string path, SqliteStoreOptions? options = null)
    {
        options = (options ?? new SqliteStoreOptions()).Validated();
        (SqliteConnection connection, DatabaseFile file) = DatabaseFile.Open(path, SampleSchema.Schema, options);
        return new SqliteSampleStore(file, connection, options.Time);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A stored outcome is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public ValueTask<IReadOnlyDictionary<SampleKey, CallOutcome>> FindAsync(IReadOnlyList<SampleKey> keys, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult(readers.Read(reader => reader.Find(keys, cancellationToken)));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"A sample in {FullPath} is damaged: {e.Message} Name another file.", e);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Failed outcomes are left out. A cancellation token counts until the addition is queued.</remarks>
    /// <exception cref="SqliteException">The write failed, for instance on a full disk; nothing of it is stored.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public ValueTask AddAsync(IReadOnlyList<KeyValuePair<SampleKey, CallOutcome>> outcomes, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (SampleKey Key, byte[] Outcome)[] stored = [.. outcomes.Where(o => o.Value.Failure is null).Select(o => (o.Key, StoredOutcome.ToUtf8(o.Value)))];
        if (stored.Length == 0)
            return default;
        long added = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new ValueTask(writes.SubmitAsync(() =>
        {
            foreach ((SampleKey key, byte[] outcome) in stored)
                insert.Execute(key.ModelId, key.PromptHash, key.Seed, (long)key.Index, added, outcome);
            return stored.Length;
        }));
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
            insert.Dispose();
            connection.Dispose();
        }
    }
}
