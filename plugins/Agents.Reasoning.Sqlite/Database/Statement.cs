using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>
/// One prepared statement, used again and again. Parameters are <c>$1</c>, <c>$2</c>, … Texts go through <see cref="WellFormedText"/>.
/// Belongs to its connection's thread or lender; not thread-safe.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand command;

    public Statement(SqliteConnection connection, string sql, int parameters = 0)
    {
        command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this library.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (int i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
    }

    /// <summary>Runs the statement; returns the number of rows it changed.</summary>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a query; the reader is the caller's to dispose before the statement runs again.</summary>
    public SqliteDataReader Query(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteReader();
    }

    /// <summary>Runs a query for its first row's first column; null where there is no row.</summary>
    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteScalar();
    }

    /// <summary>Runs a statement that is not needed again.</summary>
    public static object? Run(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return statement.Scalar();
    }

    public void Dispose() => command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] is string text ? WellFormedText.Escape(text) : values[i] ?? DBNull.Value;
    }
}
