using System.Text.Json;
using Agents.Server.Jobs;
using ModelContextProtocol.Protocol;
using static Agents.Server.Mcp.Tools.ToolSchema;

namespace Agents.Server.Mcp.Tools;

/// <summary>Ends a job that is not needed any more, with every call it has in flight.</summary>
internal sealed class CancelSolveTool(JobService jobs, ServerState state) : IMcpTool
{
    public Tool Description { get; } = new()
    {
        Name = "cancel_solve",
        Title = "Cancel a job",
        Description = "Ends a job of 'start_solve', with every model call it has in flight. A job that has ended already stays as it is.",
        InputSchema = Element(Object(["id"], ("id", Text("The job's id.")))),
        OutputSchema = Element(Object(["id", "status"], ("id", Text("The job's id.")), ("status", Text("Where it stands.")))),
        Annotations = new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = true, IdempotentHint = true, OpenWorldHint = false },
    };

    public async Task<JsonElement> CallAsync(ToolCall call)
    {
        Parameters.OnlyKnown(call.Arguments, "", "id");
        string id = JobArgument.IdOf(call.Arguments);
        JobArgument.RecordOf(id, call.Caller, state);
        if (jobs.Find(id, call.Caller) is { } job)
        {
            job.Terminate();
            await job.Completion.WaitAsync(call.CancellationToken);
        }

        string status = JobArgument.RecordOf(id, call.Caller, state).Status.ToString().ToLowerInvariant();
        return JsonElement.Parse(Json.Text(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("status", status);
            json.WriteEndObject();
        }));
    }
}
