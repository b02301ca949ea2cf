using System.Globalization;
using Agents.Hosting.Durable;
using Agents.Hosting.Operations;
using Agents.Reasoning.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Agents.Server.Jobs;

/// <summary>
/// Questions and steps as jobs. <c>POST /api/reason</c> and the steps beside it answer at once where the run is short, else with 202
/// and where to ask later; that address is one for all.
/// A client that leaves while it is waited for ends its run; a client that was told to come back may leave.
/// </summary>
internal static class JobEndpoints
{
    private const string Path = "/api/" + Operation.Reason;
    private const int MaxListed = 100;

    /// <summary>Maps <c>/api/reason</c> and what is under it, the steps, and the workflows by name.</summary>
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        foreach (string operation in (IEnumerable<string>)[Operation.Reason, .. Operation.Steps])
            routes.MapPost("/api/" + operation, (HttpContext context, JobService service, NamedRuns named, ServerState state, TimeProvider time) => PostAsync(operation, context, service, named, state, time));
        routes.MapPost("/api/workflows/{name}", (string name, HttpContext context, JobService service, NamedRuns named, ServerState state, TimeProvider time) => PostAsync(Operation.Workflow(name), context, service, named, state, time));
        routes.MapGet("/api/workflows", (ServedWorkflows workflows) => Results.Bytes(Json.Utf8(json => WriteNames(json, workflows)), "application/json"));
        routes.MapGet(Path, (HttpContext context, ServerState state) => Results.Bytes(JobJson.List(state.Jobs.List(context.Caller().Name, MaxListed)), "application/json"));
        routes.MapGet(Path + "/{id}", GetAsync);
        routes.MapGet(Path + "/{id}/events", EventsAsync);
        routes.MapPost(Path + "/{id}/terminate", TerminateAsync);
        routes.MapPost(Path + "/{id}/raiseEvent/{name}", RaiseEventAsync);
        routes.MapDelete(Path + "/{id}", DeleteAsync);
    }

    private static async Task PostAsync(string operation, HttpContext context, JobService service, NamedRuns named, ServerState state, TimeProvider time)
    {
        RequestBody body = await context.ReadBodyAsync();
        Caller caller = context.Caller();
        using Caller.Place place = caller.Enter();
        string id = IdempotencyKey.NewRunId();
        if (IdempotencyKey.Of(context.Request) is { } key)
        {
            id = await named.IdOfAsync(caller, key, KindOf(operation) + body.Hash);
            if (state.Jobs.Find(id) is not null)
            {
                await AnswerAsync(context, service, state, id, isBackground: true);
                return;
            }
        }

        Job job = await service.StartAsync(operation, body.Root, caller, id);
        bool isAsync = context.Request.Headers["Prefer"].ToString().Contains("respond-async", StringComparison.OrdinalIgnoreCase);
        // Nobody keeps a connection open until a person has decided.
        bool isBackground = isAsync || job.Approval is not null;
        if (isAsync)
            context.Response.Headers["Preference-Applied"] = "respond-async";
        if (!isBackground)
        {
            try
            {
                if (context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
                {
                    await StreamAsync(context, job, state, id, time);
                    return;
                }

                await job.Completion.WaitAsync(TimeSpan.FromSeconds(context.ServerOptions().SyncSeconds), time, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // Nobody waits for it, and nobody was told to come back.
                job.Terminate();
                throw;
            }
            catch (TimeoutException)
            {
                // Long work: from here on it is the client's to come back for.
            }
        }

        await AnswerAsync(context, service, state, id, isBackground);
    }

    /// <summary>200 with the result where there is one, else 202 with where to ask.</summary>
    private static async Task AnswerAsync(HttpContext context, JobService service, ServerState state, string id, bool isBackground)
    {
        JobRecord record = state.Jobs.Find(id)!;
        if (record.HasEnded && !isBackground && record.Output is { } output)
        {
            context.Response.Headers["x-job-id"] = id;
            await WriteAsync(context, System.Text.Encoding.UTF8.GetBytes(output), record.Status == JobStatus.Completed ? 200 : 422);
            return;
        }

        context.Response.Headers.Location = JobJson.UriOf(context.Request, id);
        context.Response.Headers.RetryAfter = "1";
        await WriteAsync(context, JobJson.Accepted(context.Request, id), StatusCodes.Status202Accepted);
    }

    private static async Task GetAsync(HttpContext context, string id, JobService service, ServerState state)
    {
        JobRecord record = RecordOf(context, id, state);
        if (!record.HasEnded)
        {
            context.Response.Headers.Location = JobJson.UriOf(context.Request, id);
            context.Response.Headers.RetryAfter = "1";
        }

        await WriteAsync(context, JobJson.Status(record, service.Find(id, context.Caller())), record.HasEnded ? 200 : 202);
    }

    private static async Task EventsAsync(HttpContext context, string id, JobService service, ServerState state, TimeProvider time)
    {
        RecordOf(context, id, state);
        await StreamAsync(context, service.Find(id, context.Caller()), state, id, time);
    }

    /// <summary>What happens, as events, and at the end where the job stands.</summary>
    private static async Task StreamAsync(HttpContext context, Job? job, ServerState state, string id, TimeProvider time)
    {
        long after = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out long seen) ? seen : 0;
        context.Response.Headers["x-job-id"] = id;
        await using EventStream stream = await EventStream.OpenAsync(context, time);
        if (job is not null)
        {
            await foreach ((long number, string type, byte[] json) in job.Feed.ReadAsync(after, context.RequestAborted))
                stream.Send(json, type, number.ToString(CultureInfo.InvariantCulture));
            await job.Completion.WaitAsync(context.RequestAborted);
        }

        if (state.Jobs.Find(id) is { } record)
            stream.Send(JobJson.Status(record, null), "status");
    }

    private static async Task TerminateAsync(HttpContext context, string id, JobService service, ServerState state)
    {
        if (RecordOf(context, id, state).HasEnded)
            throw new ApiException(410, "invalid_request_error", "The job has ended already.", null, "job_ended");
        if (service.Find(id, context.Caller()) is { } job)
        {
            job.Terminate();
            await job.Completion.WaitAsync(context.RequestAborted);
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static async Task RaiseEventAsync(HttpContext context, string id, string name, JobService service, JobApprovals approvals, ServerState state)
    {
        JobRecord record = RecordOf(context, id, state);
        bool waits = string.Equals(name, Approval.EventName, StringComparison.OrdinalIgnoreCase) && Parameters.Find(RunTicket.Read(record.Request).Body, "approval") is not null;
        if (!waits)
            throw new ApiException(409, "invalid_request_error", $"The job waits for no event '{Parameters.Shown(name)}'.", "name", "no_such_event");
        if (record.HasEnded)
            throw new ApiException(410, "invalid_request_error", "The job has ended already.", null, "job_ended");
        if (!await approvals.DecideAsync(id, service.Find(id, context.Caller()), await context.ReadValueAsync()))
            throw new ApiException(409, "invalid_request_error", "It was decided already; the first decision stands.", null, "already_decided");
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static async Task DeleteAsync(HttpContext context, string id, ServerState state)
    {
        if (!RecordOf(context, id, state).HasEnded || !await state.Jobs.DeleteAsync(id))
            throw new ApiException(409, "invalid_request_error", "The job has not ended: terminate it first.", null, "job_running");
        await state.Journals.DeleteAsync(id);
        await WriteAsync(context, "{\"instancesDeleted\":1}"u8.ToArray(), 200);
    }

    // The hash of a question is what it was before there were steps, so that keys of then still name their runs.
    private static string KindOf(string operation) => operation == Operation.Reason ? "job:" : $"{operation}:";

    private static void WriteNames(System.Text.Json.Utf8JsonWriter json, ServedWorkflows workflows)
    {
        json.WriteStartArray();
        foreach (string name in workflows.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    // Someone else's job is one that does not exist.
    private static JobRecord RecordOf(HttpContext context, string id, ServerState state) =>
        state.Jobs.Find(id) is { } record && record.Owner == context.Caller().Name ? record : throw ApiException.NotFound("There is no such job.", "job_not_found");

    private static async Task WriteAsync(HttpContext context, byte[] json, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }
}
