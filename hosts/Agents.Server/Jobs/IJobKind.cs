using System.Text.Json;
using Agents.Reasoning;
using Agents.Reasoning.Sqlite;

namespace Agents.Server.Jobs;

/// <summary>What kinds of jobs differ in: how a body becomes a run, and what is kept of its end. Thread-safe.</summary>
internal interface IJobKind
{
    /// <summary>Whether jobs of an operation are of this kind.</summary>
    bool Takes(string operation);

    /// <summary>The run of a body, and how long a person is waited for who approves its answer.</summary>
    /// <exception cref="ApiException">The body asks for what there is not, or for more than its caller may use.</exception>
    (RunPlan Plan, TimeSpan? Approval) Plan(string operation, JsonElement body, string runId, CallerLimits limits);

    /// <summary>What is kept of a result.</summary>
    /// <exception cref="ApiException">There is nothing to answer with.</exception>
    (JobStatus Status, string Output) Ended(JobRecord record, RunPlan plan, ReasoningResult result, JsonElement? approval);

    /// <summary>What is kept of a failure.</summary>
    string Failed(JobRecord record, ApiException error);
}
