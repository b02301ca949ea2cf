namespace Agents.Reasoning.Sqlite;

/// <summary>What a commit survives.</summary>
public enum SqliteSynchronous
{
    /// <summary>A commit survives the end of the process, however sudden; the last ones may be lost with the power. No sync per commit.</summary>
    Normal,
    /// <summary>A commit survives loss of power as well: each is synced to the disk.</summary>
    Full,
}
