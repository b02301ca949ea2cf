namespace Agents.Reasoning.Sqlite;

/// <summary>The tables of a job store. Times are milliseconds since the Unix epoch; requests and outputs are JSON text.</summary>
internal static class JobSchema
{
    public static DatabaseSchema Schema { get; } = new("job store", 0x41_52_4A_42, // "ARJB"
    [
        """
        CREATE TABLE jobs (
          id TEXT PRIMARY KEY NOT NULL,
          owner TEXT NOT NULL,
          request TEXT NOT NULL,
          created INTEGER NOT NULL,
          status INTEGER NOT NULL,
          updated INTEGER NOT NULL,
          output TEXT) WITHOUT ROWID;
        CREATE INDEX jobs_by_owner ON jobs (owner, created);
        CREATE TABLE named_runs (
          owner TEXT NOT NULL,
          key TEXT NOT NULL,
          body_hash TEXT NOT NULL,
          run_id TEXT NOT NULL,
          created INTEGER NOT NULL,
          PRIMARY KEY (owner, key)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE job_events (
          job TEXT NOT NULL,
          name TEXT NOT NULL,
          payload TEXT NOT NULL,
          created INTEGER NOT NULL,
          PRIMARY KEY (job, name)) WITHOUT ROWID;
        """,
    ]);
}
