using Microsoft.Data.Sqlite;

namespace Agents.Reasoning.Sqlite;

/// <summary>Reading columns as <see cref="Statement"/> writes them.</summary>
internal static class RowExtensions
{
    public static string Text(this SqliteDataReader row, int column) => WellFormedText.Unescape(row.GetString(column));

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Text(column);

    public static CallOutcome Outcome(this SqliteDataReader row, int column) => StoredOutcome.FromUtf8(row.GetFieldValue<byte[]>(column));
}
