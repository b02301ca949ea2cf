using System.Text;
using System.Text.Json;
using Agents.Reasoning;
using Agents.Reasoning.Sqlite;
using Agents.Server.Jobs;
using Agents.Server.OpenAI;

namespace Agents.Server.Responses;

/// <summary>Responses in the background, as jobs: they go on after a restart.</summary>
internal sealed class ResponseJobs(RunPlanner planner, ServerOptions options) : IJobKind
{
    public bool Takes(string operation) => operation == ResponseTicket.Operation;

    public (RunPlan Plan, TimeSpan? Approval) Plan(string operation, JsonElement body, string runId, CallerLimits limits) =>
        (planner.Plan(ResponseReader.Read(ResponseTicket.FromJson(body), options).Completion.Question, runId, limits), null);

    public (JobStatus Status, string Output) Ended(JobRecord record, RunPlan plan, ReasoningResult result, JsonElement? approval)
    {
        ResponseTicket ticket = ResponseTicket.Read(record);
        var completion = Completion.Of(result, plan, ResponseReader.Read(ticket, options).Completion);
        return (JobStatus.Completed, Encoding.UTF8.GetString(Of(record, ticket).Whole(completion)));
    }

    public string Failed(JobRecord record, ApiException error) => Encoding.UTF8.GetString(Of(record, ResponseTicket.Read(record)).Failed(error));

    /// <summary>The response that a record keeps, as it stands.</summary>
    public static byte[] Standing(JobRecord record) => record.Output is { } output
        ? Encoding.UTF8.GetBytes(output)
        : Of(record, ResponseTicket.Read(record)).Open(record.Status switch { JobStatus.Pending => "queued", JobStatus.Running => "in_progress", _ => "cancelled" });

    private static ResponseJson Of(JobRecord record, ResponseTicket ticket) => new(record.Id, record.Created / 1000, ticket.Request);
}
