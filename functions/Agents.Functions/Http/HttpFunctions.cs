using Agents.Hosting.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Agents.Functions.Http;

/// <summary>The HTTP functions: one for each operation, and one that says where a run stands.</summary>
public sealed class HttpFunctions(RunRequests runs)
{
    /// <summary>A question to a strategy or to a workflow that stands in the request.</summary>
    [Function("Reason")]
    public Task<IActionResult> ReasonAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "reason")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        runs.PostAsync(Operation.Reason, request, client, cancellationToken);

    /// <summary>Samples of a question.</summary>
    [Function("Sample")]
    public Task<IActionResult> SampleAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "sample")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        runs.PostAsync(Operation.Sample, request, client, cancellationToken);

    /// <summary>Verdicts on given solutions.</summary>
    [Function("Verify")]
    public Task<IActionResult> VerifyAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "verify")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        runs.PostAsync(Operation.Verify, request, client, cancellationToken);

    /// <summary>The vote over given solutions.</summary>
    [Function("Vote")]
    public Task<IActionResult> VoteAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "vote")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        runs.PostAsync(Operation.Vote, request, client, cancellationToken);

    /// <summary>A given solution, revised.</summary>
    [Function("Refine")]
    public Task<IActionResult> RefineAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "refine")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        runs.PostAsync(Operation.Refine, request, client, cancellationToken);

    /// <summary>A workflow by its name.</summary>
    [Function("Workflow")]
    public Task<IActionResult> WorkflowAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "workflows/{name}")] HttpRequest request, string name, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        runs.PostAsync(Operation.Workflow(name), request, client, cancellationToken);

    /// <summary>Rewards of a batch of completions, for trainers. Asks no model and starts no run.</summary>
    [Function("Reward")]
    public Task<IActionResult> RewardAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "reward")] HttpRequest request, CancellationToken cancellationToken) =>
        runs.RewardAsync(request, cancellationToken);

    /// <summary>Where a run stands, with its whole result.</summary>
    [Function("Status")]
    public Task<IActionResult> StatusAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "reason/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        runs.GetAsync(id, client, cancellationToken);
}
