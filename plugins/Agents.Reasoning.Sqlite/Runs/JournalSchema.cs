namespace Agents.Reasoning.Sqlite;

/// <summary>
/// The tables of a run journal. Times are milliseconds since the Unix epoch. An outcome is JSON text, so that
/// <c>sqlite3 journal.db "SELECT seq, key, outcome FROM entries WHERE run = 1"</c> reads a run.
/// </summary>
internal static class JournalSchema
{
    public static DatabaseSchema Schema { get; } = new("run journal", 0x41_52_4A_4C, // "ARJL"
    [
        """
        CREATE TABLE writers (
          name TEXT PRIMARY KEY NOT NULL, -- of its lease file
          process INTEGER NOT NULL,
          host TEXT NOT NULL,
          since INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE runs (
          id INTEGER PRIMARY KEY,
          run_id TEXT NOT NULL UNIQUE,
          strategy TEXT NOT NULL,
          fingerprint TEXT NOT NULL,
          input_hash TEXT NOT NULL,
          options_hash TEXT NOT NULL,
          created INTEGER NOT NULL,
          writer TEXT, -- who has the lease; null, or one that is no longer in writers, for nobody
          held_since INTEGER,
          completed INTEGER,
          result TEXT);
        CREATE TABLE entries (
          id INTEGER PRIMARY KEY,
          run INTEGER NOT NULL,
          seq INTEGER NOT NULL,
          key TEXT NOT NULL,
          at INTEGER NOT NULL,
          outcome TEXT NOT NULL);
        CREATE UNIQUE INDEX entries_in_order ON entries (run, seq);
        CREATE UNIQUE INDEX entries_by_key ON entries (run, key);
        CREATE TRIGGER entries_are_kept BEFORE UPDATE ON entries BEGIN SELECT raise(ABORT, 'journal entries are append-only'); END;
        """,
        "ALTER TABLE runs ADD COLUMN subject TEXT", // JSON: the question, the models' names; null in runs that were begun before there was one
    ]);
}
