using System.Text.Json;
using Agents.Hosting.Operations;
using Agents.Server.Jobs;
using ModelContextProtocol.Protocol;
using static Agents.Server.Mcp.Tools.ToolSchema;

namespace Agents.Server.Mcp.Tools;

/// <summary>A question as a job, for runs that are longer than a client waits for a tool.</summary>
internal sealed class StartSolveTool(JobService jobs, QuestionArguments arguments) : IMcpTool
{
    public Tool Description { get; } = new()
    {
        Name = "start_solve",
        Title = "Start solving in the background",
        Description = "Begins what 'solve' does and returns at once with an id; 'get_result' gives the answer later. For strategies with many calls.",
        InputSchema = Element(Object([], [.. QuestionArguments.Asking(), .. arguments.Solving(), arguments.Model()])),
        OutputSchema = Element(Object(["id", "status"], ("id", Text("The job's id, for 'get_result' and 'cancel_solve'.")), ("status", Text("Where it stands.")))),
        Annotations = new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public async Task<JsonElement> CallAsync(ToolCall call)
    {
        Job job = await jobs.StartAsync(Operation.Reason, arguments.Body(call.Arguments), call.Caller, IdempotencyKey.NewRunId());
        return JsonElement.Parse(Json.Text(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", job.Record.Id);
            json.WriteString("status", "pending");
            json.WriteEndObject();
        }));
    }
}
