using System.Text.Json;
using Agents.Reasoning.Sqlite;
using Agents.Server.Jobs;
using ModelContextProtocol.Protocol;
using static Agents.Server.Mcp.Tools.ToolSchema;

namespace Agents.Server.Mcp.Tools;

/// <summary>Where a job stands, and its answer once it is there.</summary>
internal sealed class GetResultTool(JobService jobs, ServerState state, TimeProvider time) : IMcpTool
{
    private const double MaxWait = 300;

    public Tool Description { get; } = new()
    {
        Name = "get_result",
        Title = "Get the result of a job",
        Description = "Says where a job of 'start_solve' stands, and gives its answer once it has ended. With 'wait_seconds' it waits for the end that long.",
        InputSchema = Element(Object(["id"],
            ("id", Text("The job's id.")),
            ("wait_seconds", Number("How long to wait for the end. Default 0.", 0, MaxWait)),
            SolutionContent.Argument())),
        OutputSchema = Element(Object(["id", "status", "progress", "result", "error"],
            ("id", Text("The job's id.")),
            ("status", OneOf("Where it stands.", Enum.GetNames<JobStatus>().Select(n => n.ToLowerInvariant()))),
            ("progress", Nullable(Text("What happened last, while it is in work."))),
            ("result", Nullable(Open("What 'solve' returns, once the job is completed."))),
            ("error", Nullable(Text("Why there is no result."))))),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, IdempotentHint = true, OpenWorldHint = false },
    };

    public async Task<JsonElement> CallAsync(ToolCall call)
    {
        Parameters.OnlyKnown(call.Arguments, "", "id", "wait_seconds", SolutionContent.Candidates);
        string id = JobArgument.IdOf(call.Arguments);
        JobRecord record = JobArgument.RecordOf(id, call.Caller, state);
        bool hasCandidates = QuestionArguments.Flag(call.Arguments, SolutionContent.Candidates);
        double wait = Parameters.Find(call.Arguments, "wait_seconds") is { } seconds ? Parameters.Number(seconds, "wait_seconds", 0, MaxWait) : 0;
        if (!record.HasEnded && wait > 0 && jobs.Find(id, call.Caller) is { } running)
        {
            try
            {
                await running.Completion.WaitAsync(TimeSpan.FromSeconds(wait), time, call.CancellationToken);
            }
            catch (TimeoutException)
            {
                // It goes on; where it stands is the answer.
            }

            record = JobArgument.RecordOf(id, call.Caller, state);
        }

        return Content(record, jobs.Find(id, call.Caller)?.Feed.Progress, hasCandidates);
    }

    private static JsonElement Content(JobRecord record, string? progress, bool hasCandidates) => JsonElement.Parse(Json.Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id);
        json.WriteString("status", record.Status.ToString().ToLowerInvariant());
        json.WriteString("progress", record.HasEnded ? null : progress);
        json.WritePropertyName("result");
        if (record is { Status: JobStatus.Completed, Output: { } output })
            SolutionContent.Of(output, hasCandidates).WriteTo(json);
        else
            json.WriteNullValue();
        json.WriteString("error", ErrorOf(record));
        json.WriteEndObject();
    }));

    // A failed job keeps a result without an answer, or a problem document.
    private static string? ErrorOf(JobRecord record) => record switch
    {
        { Status: JobStatus.Failed, Output: { } output } => (Parameters.Find(JsonElement.Parse(output), "failure") ?? Parameters.Find(JsonElement.Parse(output), "detail"))?.GetString() ?? "No answer could be reached.",
        { Status: JobStatus.Terminated } => "The job was cancelled.",
        _ => null,
    };
}
