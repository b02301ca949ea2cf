using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>The reading statements of a journal, on a connection of their own. Lent to one caller at a time.</summary>
internal sealed class JournalReader(SqliteConnection connection) : IDisposable
{
    private readonly Statement entries = new(connection, "SELECT seq, key, at, outcome FROM entries WHERE run = $1 ORDER BY seq", 1);
    private readonly Statement result = new(connection, "SELECT result FROM runs WHERE id = $1", 1);

    // Ordered by identity: in which order runs side by side were begun is chance.
    private readonly Statement finished = new(connection, "SELECT run_id, strategy, subject, result FROM runs WHERE result IS NOT NULL ORDER BY run_id");

    /// <exception cref="InvalidDataException">A result or a subject is unreadable.</exception>
    public IReadOnlyList<RecordedRun> Finished(CancellationToken cancellationToken)
    {
        var runs = new List<RecordedRun>();
        using SqliteDataReader row = finished.Query();
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                runs.Add(new RecordedRun(
                    row.Text(0), row.Text(1),
                    row.TextOrNull(2) is { } subject ? JsonSerializer.Deserialize(subject, ReasoningJson.Readable.RunSubject) : null,
                    JsonSerializer.Deserialize(row.Text(3), ReasoningJson.Readable.ReasoningResult)!));
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"The journal of run '{row.Text(0)}' is damaged: its result cannot be read ({e.Message})", e);
            }
        }

        return runs;
    }

    /// <exception cref="InvalidDataException">Entries are missing or unreadable.</exception>
    public IReadOnlyList<JournalEntry> Entries(long run, RunHeader header, CancellationToken cancellationToken)
    {
        var recorded = new List<JournalEntry>();
        using SqliteDataReader row = entries.Query(run);
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row.GetInt64(0) != recorded.Count)
                throw new InvalidDataException($"The journal of run '{header.RunId}' is damaged: entry {recorded.Count} is missing. Use another run id.");
            try
            {
                recorded.Add(new JournalEntry(row.Text(1), row.Outcome(3), row.GetInt64(2)));
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"The journal of run '{header.RunId}' is damaged: entry {recorded.Count} cannot be read ({e.Message}) Use another run id.", e);
            }
        }
        return recorded;
    }

    public string? Result(long run)
    {
        using SqliteDataReader row = result.Query(run);
        return row.Read() ? row.TextOrNull(0) : null;
    }

    public void Dispose()
    {
        entries.Dispose();
        finished.Dispose();
        result.Dispose();
        connection.Dispose();
    }
}
