namespace Agents.Reasoning.Sqlite;

/// <summary>The table of a sample store. An outcome is JSON text.</summary>
internal static class SampleSchema
{
    public static DatabaseSchema Schema { get; } = new("sample store", 0x41_52_53_53, // "ARSS"
    [
        """
        CREATE TABLE samples (
          id INTEGER PRIMARY KEY,
          model TEXT NOT NULL,
          prompt_hash TEXT NOT NULL,
          seed INTEGER NOT NULL,
          "index" INTEGER NOT NULL,
          added INTEGER NOT NULL, -- milliseconds since the Unix epoch
          outcome TEXT NOT NULL);
        CREATE UNIQUE INDEX samples_by_key ON samples (prompt_hash, seed, "index", model);
        """,
    ]);
}
