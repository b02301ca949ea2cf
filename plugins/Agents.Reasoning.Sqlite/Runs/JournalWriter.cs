using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>The writing statements of a journal. Used on the writer's thread only, inside its transaction; every method may be repeated.</summary>
internal sealed class JournalWriter(SqliteConnection connection, string database, TimeProvider time, LeaseFile lease) : IDisposable
{
    private readonly Statement enlist = new(connection, "INSERT INTO writers (name, process, host, since) VALUES ($1, $2, $3, $4)", 4);
    private readonly Statement everyWriter = new(connection, "SELECT name FROM writers");
    private readonly Statement dismiss = new(connection, "DELETE FROM writers WHERE name = $1", 1);
    private readonly Statement find = new(connection, """
        SELECT runs.id, strategy, fingerprint, input_hash, options_hash, writers.name, process, host, held_since, completed
        FROM runs LEFT JOIN writers ON writers.name = runs.writer WHERE run_id = $1
        """, 1);
    private readonly Statement create = new(connection, """
        INSERT INTO runs (run_id, strategy, fingerprint, input_hash, options_hash, created, writer, held_since, subject)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8) RETURNING id
        """, 8);
    private readonly Statement describe = new(connection, "UPDATE runs SET subject = $2 WHERE id = $1 AND subject IS NULL", 2);
    private readonly Statement take = new(connection, "UPDATE runs SET writer = $2, held_since = $3 WHERE id = $1", 3);
    private readonly Statement append = new(connection, "INSERT INTO entries (run, seq, key, at, outcome) VALUES ($1, $2, $3, $4, CAST($5 AS TEXT))", 5);
    private readonly Statement complete = new(connection, "UPDATE runs SET completed = $2, result = $3 WHERE id = $1", 3);

    private readonly Statement removeEntries = new(connection, "DELETE FROM entries WHERE run = (SELECT id FROM runs WHERE run_id = $1)", 1);
    private readonly Statement removeRun = new(connection, "DELETE FROM runs WHERE run_id = $1", 1);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes this store known as a writer and forgets those that died.</summary>
    public bool Enlist()
    {
        LeaseFile.DeleteStale(database);
        var dead = new List<string>();
        using (SqliteDataReader rows = everyWriter.Query())
        {
            while (rows.Read())
            {
                if (!LeaseFile.IsHeld(database, rows.Text(0)))
                    dead.Add(rows.Text(0));
            }
        }
        dead.ForEach(name => dismiss.Execute(name));
        enlist.Execute(lease.Name, Environment.ProcessId, Environment.MachineName, Now);
        return true;
    }

    /// <summary>Takes the store off the list; every lease it has ends.</summary>
    public bool Dismiss() => dismiss.Execute(lease.Name) > 0;

    /// <summary>Takes the lease of a run, which is made if it is not there.</summary>
    /// <exception cref="JournalMismatchException">The run has another header.</exception>
    /// <exception cref="JournalLeaseException">A living store has the lease.</exception>
    public OpenedRun Open(RunHeader header)
    {
        using (SqliteDataReader row = find.Query(header.RunId))
        {
            if (row.Read())
            {
                ThrowIfDifferent(header, new RunHeader(header.RunId, row.Text(1), row.Text(2), row.Text(3), row.Text(4)));
                ThrowIfHeld(header, row);
                var run = new OpenedRun(row.GetInt64(0), IsNew: false, IsComplete: !row.IsDBNull(9));
                take.Execute(run.Id, lease.Name, Now);
                if (header.Subject is not null)
                    describe.Execute(run.Id, SubjectOf(header));
                return run;
            }
        }
        object id = create.Scalar(header.RunId, header.Strategy, header.Fingerprint, header.InputHash, header.OptionsHash, Now, lease.Name, SubjectOf(header))!;
        return new OpenedRun((long)id, IsNew: true, IsComplete: false);
    }

    /// <summary>Gives the lease of a run back.</summary>
    public bool Release(long run) => take.Execute(run, null, null) > 0;

    public bool Append(long run, long firstSeq, IReadOnlyList<StoredEntry> entries)
    {
        for (int i = 0; i < entries.Count; i++)
            append.Execute(run, firstSeq + i, entries[i].Key, entries[i].At, entries[i].Outcome);
        return true;
    }

    public bool Complete(long run, string result) => complete.Execute(run, Now, result) > 0;

    /// <summary>Removes a run with its entries; false when there is none.</summary>
    public bool Delete(string runId)
    {
        removeEntries.Execute(runId);
        return removeRun.Execute(runId) > 0;
    }

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[enlist, everyWriter, dismiss, find, create, describe, take, append, complete, removeEntries, removeRun])
            statement.Dispose();
    }

    private static string? SubjectOf(RunHeader header) => header.Subject is { } subject ? JsonSerializer.Serialize(subject, ReasoningJson.Readable.RunSubject) : null;

    private void ThrowIfHeld(RunHeader header, SqliteDataReader row)
    {
        if (row.TextOrNull(5) is not { } writer || writer == lease.Name || !LeaseFile.IsHeld(database, writer))
            return;
        string since = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)).ToString("u", CultureInfo.InvariantCulture);
        string holder = row.GetInt64(6) == Environment.ProcessId && row.Text(7) == Environment.MachineName ? "another store of this process" : $"process {row.GetInt64(6)} on {row.Text(7)}";
        throw new JournalLeaseException($"Run '{header.RunId}' of {database} is being written by {holder} since {since}. Wait for it, stop it, or use another run id.");
    }

    private static void ThrowIfDifferent(RunHeader asked, RunHeader recorded)
    {
        ThrowIf("strategy", asked.Strategy, recorded.Strategy);
        ThrowIf("fingerprint (the strategy's version, options or prompts)", asked.Fingerprint, recorded.Fingerprint);
        ThrowIf("input hash (the request)", asked.InputHash, recorded.InputHash);
        ThrowIf("options hash (seed, limits or models)", asked.OptionsHash, recorded.OptionsHash);

        void ThrowIf(string field, string now, string then)
        {
            if (now != then)
                throw new JournalMismatchException($"Run '{asked.RunId}' was begun with {field} '{then}', not '{now}'. Go on with what it was begun with, or use another run id.");
        }
    }
}

/// <summary>A run whose lease was taken.</summary>
internal sealed record OpenedRun(long Id, bool IsNew, bool IsComplete);

/// <summary>An entry as it is written.</summary>
internal readonly record struct StoredEntry(string Key, long At, byte[] Outcome);
