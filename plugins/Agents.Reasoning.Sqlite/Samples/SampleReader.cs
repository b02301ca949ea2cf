using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>Looks samples up, on a connection of its own. Lent to one caller at a time.</summary>
internal sealed class SampleReader(SqliteConnection connection) : IDisposable
{
    private readonly Statement begin = new(connection, "BEGIN");
    private readonly Statement end = new(connection, "ROLLBACK");
    private readonly Statement find = new(connection, "SELECT outcome FROM samples WHERE prompt_hash = $2 AND seed = $3 AND \"index\" = $4 AND model = $1", 4);

    public IReadOnlyDictionary<SampleKey, CallOutcome> Find(IReadOnlyList<SampleKey> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<SampleKey, CallOutcome>(keys.Count);
        begin.Execute(); // One snapshot for all keys, and one read lock.
        try
        {
            foreach (SampleKey key in keys)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using SqliteDataReader row = find.Query(key.ModelId, key.PromptHash, key.Seed, (long)key.Index);
                if (row.Read())
                    found[key] = row.Outcome(0);
            }
        }
        finally
        {
            end.Execute();
        }
        return found;
    }

    public void Dispose()
    {
        begin.Dispose();
        end.Dispose();
        find.Dispose();
        connection.Dispose();
    }
}
