using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>
/// Opens a store's file: creates it, or checks that it is a SQLite file of the right kind and of a known version before anything
/// is written to it. Every connection is in WAL mode, so that readers and the writer do not wait for each other.
/// </summary>
internal sealed class DatabaseFile(string path, DatabaseSchema schema, SqliteStoreOptions options)
{
    // Outcomes are about 2 KB: a page of 8 KiB holds three, SQLite's default of 4 KiB only one. Takes effect in a new file.
    private const int PageSize = 8192;

    // The log grows to 16 MiB before it is copied into the file, with a sync: four times SQLite's default, a quarter of the stalls.
    private const int CheckpointPages = 2000;

    private static readonly string[] memoryNames = [":memory:", ""];

    /// <summary>The connection that writes. The caller owns it.</summary>
    /// <exception cref="InvalidDataException">Not a SQLite file, another kind of one, damaged, or of a newer version.</exception>
    /// <exception cref="IOException">The file cannot be opened, or cannot be used in WAL mode (a network share, for instance).</exception>
    public static (SqliteConnection Connection, DatabaseFile File) Open(string path, DatabaseSchema schema, SqliteStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (memoryNames.Contains(path))
            throw new ArgumentException("A file is needed; for a store in memory use the in-memory stores of Agents.Reasoning.", nameof(path));

        string fullPath = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(fullPath)!);
        var file = new DatabaseFile(fullPath, schema, options);
        SqliteConnection connection = file.Connect();
        try
        {
            bool current = file.IsCurrentNow(connection);
            file.UseWriteAheadLog(connection);
            if (!current)
                file.Migrate(connection);
            // SQLite's own name of the file, symbolic links resolved, so that every process derives the same neighbours from it.
            string resolved = (string)Statement.Run(connection, "SELECT file FROM pragma_database_list WHERE name = 'main'")!;
            return (connection, new DatabaseFile(resolved, schema, options));
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT)
        {
            connection.Dispose();
            throw new InvalidDataException($"{fullPath} is not a {schema.Kind}: it is no SQLite database, or a damaged one ({e.Message}) Move it away, or name another file.", e);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_IOERR)
        {
            connection.Dispose();
            throw new IOException($"The {schema.Kind} {fullPath} cannot be opened for writing: {e.Message}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The file, symbolic links resolved.</summary>
    public string FullPath => path;

    /// <summary>A connection for reading only. The caller owns it.</summary>
    public SqliteConnection OpenReader()
    {
        SqliteConnection connection = Connect();
        Statement.Run(connection, "PRAGMA query_only = 1");
        return connection;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false, // A pooled connection would keep the file, and the lock on it, after the store is closed.
            DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds),
        }.ConnectionString);
        try
        {
            connection.Open();
            // SQLite's own waiting polls within milliseconds; that of Microsoft.Data.Sqlite every 150 ms.
            Statement.Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {options.BusyTimeout.TotalMilliseconds:F0}"));
            return connection;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_CANTOPEN)
        {
            connection.Dispose();
            throw new IOException($"The {schema.Kind} {path} cannot be opened: {e.Message}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>All of it read as of one moment: between two looks another process may have made the schema.</summary>
    private bool IsCurrentNow(SqliteConnection connection)
    {
        Statement.Run(connection, "BEGIN");
        try
        {
            return IsCurrent(connection);
        }
        finally
        {
            Statement.Run(connection, "ROLLBACK");
        }
    }

    // Within a transaction. The tables are counted first: that read fixes the moment.
    private bool IsCurrent(SqliteConnection connection)
    {
        int tables = Number(connection, "SELECT count(*) FROM sqlite_schema");
        int kind = Number(connection, "PRAGMA application_id");
        int version = Number(connection, "PRAGMA user_version");
        if (kind == 0 && version == 0 && tables == 0)
            return false;
        if (kind != schema.ApplicationId)
            throw new InvalidDataException($"{path} is not a {schema.Kind}: it is a SQLite database of another application. Name another file.");
        if (version > schema.Version)
            throw new InvalidDataException($"{path} is a {schema.Kind} of version {version}, written by newer software; this one knows versions up to {schema.Version}. Update it, or name another file.");
        return version == schema.Version;
    }

    private void UseWriteAheadLog(SqliteConnection connection)
    {
        Statement.Run(connection, $"PRAGMA page_size = {PageSize}");
        if ((string?)Statement.Run(connection, "PRAGMA journal_mode = WAL") != "wal")
            throw new IOException($"The file system of {path} cannot hold a SQLite database in WAL mode; keep the {schema.Kind} on a local disk.");
        Statement.Run(connection, options.Synchronous == SqliteSynchronous.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        Statement.Run(connection, $"PRAGMA wal_autocheckpoint = {CheckpointPages}");
    }

    private void Migrate(SqliteConnection connection)
    {
        Statement.Run(connection, "BEGIN IMMEDIATE");
        // Another process may have been here first: what holds is what is seen inside the transaction.
        if (!IsCurrent(connection))
        {
            foreach (string step in schema.Steps.Skip(Number(connection, "PRAGMA user_version")))
                Statement.Run(connection, step);
            Statement.Run(connection, $"PRAGMA application_id = {schema.ApplicationId}");
            Statement.Run(connection, $"PRAGMA user_version = {schema.Version}");
        }
        Statement.Run(connection, "COMMIT");
    }

    private static int Number(SqliteConnection connection, string sql) => Convert.ToInt32(Statement.Run(connection, sql), CultureInfo.InvariantCulture);
}
