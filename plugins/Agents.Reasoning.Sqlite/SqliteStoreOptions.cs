namespace Agents.Reasoning.Sqlite;

/// <summary>How a store uses its file. Immutable.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>What a commit survives. Default <see cref="SqliteSynchronous.Normal"/>: kill -9, but not necessarily loss of power.</summary>
    public SqliteSynchronous Synchronous { get; init; }

    /// <summary>How long a write waits for another process that is writing the same file. Default 30 s; 1 s to 1 hour.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock for the times kept beside runs. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal SqliteStoreOptions Validated()
    {
        if (!Enum.IsDefined(Synchronous))
            throw new ArgumentOutOfRangeException(nameof(Synchronous), Synchronous, "SqliteStoreOptions.Synchronous is Normal or Full.");
        if (BusyTimeout < TimeSpan.FromSeconds(1) || BusyTimeout > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(nameof(BusyTimeout), BusyTimeout, "SqliteStoreOptions.BusyTimeout is 1 s to 1 hour.");
        ArgumentNullException.ThrowIfNull(Time);
        return this;
    }
}
