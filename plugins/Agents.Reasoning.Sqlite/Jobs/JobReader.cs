using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>Looks jobs up, on a connection of its own. Lent to one caller at a time.</summary>
internal sealed class JobReader(SqliteConnection connection) : IDisposable
{
    private const string Columns = "SELECT id, owner, request, created, status, updated, output FROM jobs";

    private readonly Statement find = new(connection, $"{Columns} WHERE id = $1", 1);
    private readonly Statement list = new(connection, $"{Columns} WHERE owner = $1 ORDER BY created DESC, id LIMIT $2", 2);
    private readonly Statement unfinished = new(connection, $"{Columns} WHERE status < {(int)JobStatus.Completed} ORDER BY created, id");

    private readonly Statement happened = new(connection, "SELECT payload FROM job_events WHERE job = $1 AND name = $2", 2);

    public string? EventOf(string id, string name)
    {
        using SqliteDataReader row = happened.Query(id, name);
        return row.Read() ? row.Text(0) : null;
    }

    public JobRecord? Find(string id) => Records(find.Query(id)).FirstOrDefault();

    public IReadOnlyList<JobRecord> List(string owner, int most) => Records(list.Query(owner, (long)most));

    public IReadOnlyList<JobRecord> Unfinished() => Records(unfinished.Query());

    public void Dispose()
    {
        find.Dispose();
        list.Dispose();
        unfinished.Dispose();
        happened.Dispose();
        connection.Dispose();
    }

    private static List<JobRecord> Records(SqliteDataReader rows)
    {
        using (rows)
        {
            var records = new List<JobRecord>();
            while (rows.Read())
            {
                records.Add(new JobRecord(rows.Text(0), rows.Text(1), rows.Text(2), rows.GetInt64(3))
                {
                    Status = (JobStatus)rows.GetInt32(4),
                    Updated = rows.GetInt64(5),
                    Output = rows.TextOrNull(6),
                });
            }

            return records;
        }
    }
}
