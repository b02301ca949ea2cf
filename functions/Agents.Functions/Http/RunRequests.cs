using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Functions.Configuration;
using Agents.Functions.Orchestrations;
using Agents.Hosting.Durable;
using Agents.Hosting.Operations;
using Agents.Hosting.Requests;
using Agents.Hosting.Results;
using Agents.Hosting.Rewarding;
using Agents.Hosting.Runs;
using Agents.Hosting.Texts;
using Agents.Reasoning;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Agents.Functions.Http;

/// <summary>
/// Takes an operation in and answers it: with its result where it is short, else with 202 and the Durable status addresses. What
/// asks no model is answered without an orchestration. The one place where exceptions become answers.
/// </summary>
public sealed class RunRequests(AppOptions options, OperationPlanner planner, IRunStore store, TimeProvider time, ILogger<RunRequests> log)
{
    /// <summary>Answers <c>POST /api/OPERATION</c>.</summary>
    public Task<IActionResult> PostAsync(string operation, HttpRequest request, DurableTaskClient client, CancellationToken cancellationToken) => AnswerAsync(async () =>
    {
        JsonElement body = await ReadAsync(request, cancellationToken);
        TimeSpan? approval = Approval.Take(ref body);
        string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        RunPlan plan = planner.Plan(operation, body, id, options.Limits);
        if (operation == Operation.Vote && approval is null)
            return Result(JsonElement.Parse(ResultJson.Write(await new ReasoningRunner(plan.Model.Models, time: time).RunAsync(plan.Strategy, plan.Request, plan.Options, null, cancellationToken))));

        var ticket = DurableTicket.Of(operation, body, plan, options.Limits.MaxSamples, approval);
        await client.ScheduleNewOrchestrationInstanceAsync(RunOrchestration.Name, ticket.ToJson(store), new StartOrchestrationOptions { InstanceId = id }, cancellationToken);
        bool isBackground = approval is not null || request.Headers["Prefer"].ToString().Contains("respond-async", StringComparison.OrdinalIgnoreCase);
        OrchestrationMetadata? ended = isBackground ? null : await WaitAsync(client, id, cancellationToken);
        return ended is null ? Accepted(request, client, id) : Ended(ended);
    });

    /// <summary>Answers <c>POST /api/reward</c>: no model is asked, so there is nothing to orchestrate.</summary>
    public Task<IActionResult> RewardAsync(HttpRequest request, CancellationToken cancellationToken) => AnswerAsync(async () =>
        Json(System.Text.Encoding.UTF8.GetString(await RewardBatch.Read(await ReadAsync(request, cancellationToken)).ScoreAsync(cancellationToken)), StatusCodes.Status200OK));

    /// <summary>Answers <c>GET /api/reason/{id}</c>: where a run stands, and its whole result.</summary>
    public Task<IActionResult> GetAsync(string id, DurableTaskClient client, CancellationToken cancellationToken) => AnswerAsync(async () =>
    {
        OrchestrationMetadata run = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) ?? throw ApiException.NotFound("There is no such run.", "job_not_found");
        var status = new JsonObject
        {
            ["name"] = run.SerializedInput is { } input ? JsonElement.Parse(input).GetProperty("operation").GetString() : run.Name,
            ["instanceId"] = run.InstanceId,
            ["runtimeStatus"] = run.RuntimeStatus.ToString(),
            ["createdTime"] = run.CreatedAt,
            ["lastUpdatedTime"] = run.LastUpdatedAt,
            ["customStatus"] = run.SerializedCustomStatus is { } custom ? JsonNode.Parse(custom) : null,
            ["output"] = OutputOf(run) is { } output ? JsonNode.Parse(output.GetRawText()) : null,
        };
        return Json(status.ToJsonString(), run.IsCompleted ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    });

    private async Task<JsonElement> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            throw new ApiException(415, "invalid_request_error", "The body must be JSON, sent as Content-Type: application/json.", null, "unsupported_media_type");
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (bytes.Length + read > options.MaxBodyBytes)
                throw ApiException.TooLarge(options.MaxBodyBytes);
            bytes.Write(buffer, 0, read);
        }

        return RequestBody.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), options.MaxJsonDepth).Root;
    }

    /// <summary>The run's end, or null where it takes longer than a client is kept waiting.</summary>
    private async Task<OrchestrationMetadata?> WaitAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.SyncSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, either.Token);
        }
        catch (Exception) when (patience.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody waits for it, and nobody was told to come back.
            await client.TerminateInstanceAsync(id, "The client left.", CancellationToken.None);
            throw;
        }
    }

    private static ContentResult Accepted(HttpRequest request, DurableTaskClient client, string id)
    {
        Microsoft.Azure.Functions.Worker.HttpManagementPayload uris = Microsoft.Azure.Functions.Worker.DurableTaskClientExtensions.CreateHttpManagementPayload(client, id);
        request.HttpContext.Response.Headers.Location = uris.StatusQueryGetUri;
        request.HttpContext.Response.Headers.RetryAfter = "1";
        return Json(new JsonObject
        {
            ["id"] = uris.Id,
            ["statusQueryGetUri"] = uris.StatusQueryGetUri,
            ["sendEventPostUri"] = uris.SendEventPostUri,
            ["terminatePostUri"] = uris.TerminatePostUri,
            ["suspendPostUri"] = uris.SuspendPostUri,
            ["resumePostUri"] = uris.ResumePostUri,
            ["purgeHistoryDeleteUri"] = uris.PurgeHistoryDeleteUri,
        }.ToJsonString(), StatusCodes.Status202Accepted);
    }

    private ContentResult Ended(OrchestrationMetadata run) => run.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Completed => Result(OutputOf(run)!.Value),
        OrchestrationRuntimeStatus.Terminated => throw new ApiException(409, "invalid_request_error", "The run was terminated.", null, "job_terminated"),
        _ => throw new InvalidOperationException($"The run {run.InstanceId} ended as {run.RuntimeStatus}: {run.FailureDetails?.ErrorType}."),
    };

    private JsonElement? OutputOf(OrchestrationMetadata run) =>
        run.RuntimeStatus == OrchestrationRuntimeStatus.Completed && run.SerializedOutput is { } output ? DurableOutput.Whole(JsonElement.Parse(output), store) : null;

    // A run that reached no answer was carried out; the request could not be served all the same.
    private static ContentResult Result(JsonElement result) =>
        Json(result.GetRawText(), result.GetProperty("answer").ValueKind == JsonValueKind.Null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private async Task<IActionResult> AnswerAsync(Func<Task<IActionResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (ApiException e)
        {
            return Problem(e);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // The message stays out of the answer: it may repeat what a request or a setting said.
            log.LogError("A request failed with {ErrorType} at {Stack}", e.GetType().FullName, e.StackTrace);
            return Problem(new ApiException(500, "server_error", "The app failed; its log says more.", null, "internal_error"));
        }
    }

    private static ContentResult Problem(ApiException error) => new() { Content = System.Text.Encoding.UTF8.GetString(ErrorJson.Problem(error)), ContentType = "application/problem+json", StatusCode = error.Status };

    private static ContentResult Json(string json, int status) => new() { Content = json, ContentType = "application/json", StatusCode = status };
}
