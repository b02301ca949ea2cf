namespace Agents.Reasoning.Sqlite;

/// <summary>What a database file of one kind holds.</summary>
/// <param name="Kind">The kind in words, for messages.</param>
/// <param name="ApplicationId">SQLite's <c>application_id</c> of the kind: a file with another is not opened.</param>
/// <param name="Steps">Step <c>i</c> takes the schema from version <c>i</c> to <c>i + 1</c> (<c>PRAGMA user_version</c>). Steps are only added.</param>
internal sealed record DatabaseSchema(string Kind, int ApplicationId, IReadOnlyList<string> Steps)
{
    public int Version => Steps.Count;
}
