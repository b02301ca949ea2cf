using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Durable;
using Agents.Hosting.Operations;
using Agents.Hosting.Results;
using Agents.Reasoning;
using Agents.Reasoning.Sqlite;

namespace Agents.Server.Jobs;

/// <summary>Jobs of the addresses under <c>/api</c>: a question, its steps, workflows.</summary>
internal sealed class OperationJobs(OperationPlanner planner) : IJobKind
{
    public bool Takes(string operation) => operation == Operation.Reason || Operation.Steps.Contains(operation) || operation.StartsWith(Operation.WorkflowPrefix, StringComparison.Ordinal);

    public (RunPlan Plan, TimeSpan? Approval) Plan(string operation, JsonElement body, string runId, CallerLimits limits)
    {
        TimeSpan? approval = Approval.Take(ref body);
        return (planner.Plan(operation, body, runId, limits), approval);
    }

    public (JobStatus Status, string Output) Ended(JobRecord record, RunPlan plan, ReasoningResult result, JsonElement? approval)
    {
        string output = ResultJson.Write(result);
        if (approval is { } decided)
        {
            JsonObject whole = JsonNode.Parse(output)!.AsObject();
            whole["approval"] = JsonNode.Parse(decided.GetRawText());
            output = whole.ToJsonString();
        }

        return (result.Answer is null ? JobStatus.Failed : JobStatus.Completed, output);
    }

    public string Failed(JobRecord record, ApiException error) => Encoding.UTF8.GetString(ErrorJson.Problem(error));
}
