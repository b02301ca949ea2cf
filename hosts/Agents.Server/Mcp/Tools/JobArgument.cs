using System.Text.Json;
using Agents.Reasoning.Sqlite;

namespace Agents.Server.Mcp.Tools;

/// <summary>The job that a call names.</summary>
internal static class JobArgument
{
    public static string IdOf(JsonElement arguments) =>
        Parameters.Text(Parameters.Find(arguments, "id") ?? throw ApiException.Invalid("id", "'id' is needed: the id that 'start_solve' gave.", "missing_parameter"), "id");

    // Someone else's job is one that does not exist.
    public static JobRecord RecordOf(string id, Caller caller, ServerState state) =>
        state.Jobs.Find(id) is { } record && record.Owner == caller.Name ? record : throw ApiException.NotFound("There is no such job.", "job_not_found");
}
