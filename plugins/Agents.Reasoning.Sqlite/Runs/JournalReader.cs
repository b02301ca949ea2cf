using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>The reading statements of a journal, on a connection of their own. Lent to one caller at a time.</summary>
internal sealed class JournalReader(SqliteConnection connection) : IDisposable
{
    private readonly Statement entries = new(connection, "SELECT seq, key, at, outcome FROM entries WHERE run = $1 ORDER BY seq", 1);
    private readonly Statement result = new(connection, "SELECT result FROM runs WHERE id = $1", 1);

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
        result.Dispose();
        connection.Dispose();
    }
}
