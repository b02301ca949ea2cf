using System.Text;
using Agents.Reasoning;
using Agents.Reasoning.Sqlite;
using Agents.Server.Jobs;
using Agents.Server.OpenAI;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Agents.Server.Responses;

/// <summary>The Responses API over strategies, as far as it is text. Responses are kept beside the jobs, and background ones are jobs.</summary>
internal static class ResponseEndpoints
{
    private const string Path = "/v1/responses";

    /// <summary>Maps <c>/v1/responses</c> and what is under it.</summary>
    public static void MapResponses(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, CreateAsync);
        routes.MapGet(Path + "/{id}", GetAsync);
        routes.MapPost(Path + "/{id}/cancel", CancelAsync);
        routes.MapDelete(Path + "/{id}", DeleteAsync);
    }

    private static async Task CreateAsync(HttpContext context, RunPlanner planner, RunService runs, JobService jobs, NamedRuns named, ServerState state, TimeProvider time)
    {
        RequestBody body = await context.ReadBodyAsync();
        Caller caller = context.Caller();
        var ticket = ResponseTicket.Of(body.Root, caller, state);
        ResponseRequest request = ResponseReader.Read(ticket, context.ServerOptions());
        using Caller.Place place = caller.Enter();
        string? key = IdempotencyKey.Of(context.Request);
        string runId = key is null ? IdempotencyKey.NewRunId() : await named.IdOfAsync(caller, key, "response:" + body.Hash);
        if (key is not null && state.Jobs.Find(runId) is { } known)
        {
            await WriteAsync(context, ResponseJobs.Standing(known));
            return;
        }

        if (request.IsBackground)
        {
            Job job = await jobs.StartAsync(ResponseTicket.Operation, ticket.ToJson(), caller, runId);
            await WriteAsync(context, ResponseJobs.Standing(job.Record));
            return;
        }

        RunPlan plan = planner.Plan(request.Completion.Question, runId, caller.Limits);
        var record = new JobRecord(runId, caller.Name, RunTicket.Write(ResponseTicket.Operation, ticket.ToJson(), plan.Options.Limits), time.GetUtcNow().ToUnixTimeMilliseconds());
        var json = new ResponseJson(runId, record.Created / 1000, body.Root);
        // The plan is read when the run begins: of a reply that is passed on while it is written it is another by then.
        Func<Action<ReasoningEvent>?, Task<ReasoningResult>> run = key is null
            ? observer => runs.RunAsync(plan, caller, null, observer, context.RequestAborted)
            : observer => named.JoinAsync(runId, token => runs.RunAsync(plan, caller, state.Journals, observer, token), context.RequestAborted);
        if (request.Completion.IsStream)
        {
            await using EventStream events = await EventStream.OpenAsync(context, time);
            var stream = new ResponseStream(json, events);
            plan = LiveSampler.Over(plan, request.Completion, stream.Pass);
            await StreamAsync(context, request, plan, stream, json, run, Keep);
            return;
        }

        byte[] whole = json.Whole(Completion.Of(await run(null), plan, request.Completion));
        await Keep(JobStatus.Completed, whole);
        await WriteAsync(context, whole);

        async Task Keep(JobStatus status, byte[] response)
        {
            if (request.IsStored && state.Jobs.Find(runId) is null)
                await state.Jobs.AddAsync(record with { Status = status, Updated = time.GetUtcNow().ToUnixTimeMilliseconds(), Output = Encoding.UTF8.GetString(response) });
        }
    }

    private static async Task StreamAsync(HttpContext context, ResponseRequest request, RunPlan plan, ResponseStream stream, ResponseJson json, Func<Action<ReasoningEvent>?, Task<ReasoningResult>> run, Func<JobStatus, byte[], Task> keep)
    {
        stream.Begin();
        try
        {
            var completion = Completion.Of(await run(plan.IsPassThrough ? null : stream.Observe), plan, request.Completion);
            byte[] whole = stream.Answer(completion);
            // Kept before the client can ask for it or go on from it.
            await keep(JobStatus.Completed, whole);
            stream.End(whole, ResponseJson.IsIncomplete(completion));
        }
        catch (ApiException e)
        {
            await keep(JobStatus.Failed, json.Failed(e));
            stream.Fail(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The headers are sent; the boundary can only log it.
            stream.Fail(new ApiException(500, "server_error", $"The server failed; its log says more under {context.RequestId()}.", null, "internal_error"));
            throw;
        }
    }

    private static Task GetAsync(HttpContext context, string id, ServerState state)
    {
        foreach (string name in context.Request.Query.Keys)
        {
            // What a client may state, and what changes nothing when it is stated so.
            if (!(name is "stream" or "include_obfuscation" && context.Request.Query[name] == "false"))
                throw ApiException.Unsupported(Parameters.Shown(name), $"'{Parameters.Shown(name)}' is not supported when a response is read.");
        }

        return WriteAsync(context, ResponseJobs.Standing(RecordOf(context, id, state)));
    }

    private static async Task CancelAsync(HttpContext context, string id, JobService jobs, ServerState state)
    {
        JobRecord record = RecordOf(context, id, state);
        if (Parameters.Find(ResponseTicket.Read(record).Request, "background") is not { ValueKind: System.Text.Json.JsonValueKind.True })
            throw ApiException.Invalid("response_id", "Only a response in the background can be cancelled; another one ends with its request.", "not_in_background");
        await EndAsync(context, record, jobs);
        await WriteAsync(context, ResponseJobs.Standing(state.Jobs.Find(record.Id)!));
    }

    private static async Task DeleteAsync(HttpContext context, string id, JobService jobs, ServerState state)
    {
        JobRecord record = RecordOf(context, id, state);
        await EndAsync(context, record, jobs);
        await state.Jobs.DeleteAsync(record.Id);
        await state.Journals.DeleteAsync(record.Id);
        await WriteAsync(context, Json.Utf8(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("object", "response");
            json.WriteBoolean("deleted", true);
            json.WriteEndObject();
        }));
    }

    private static async Task EndAsync(HttpContext context, JobRecord record, JobService jobs)
    {
        if (jobs.Find(record.Id, context.Caller()) is not { } job)
            return;
        job.Terminate();
        await job.Completion.WaitAsync(context.RequestAborted);
    }

    // Someone else's response is one that does not exist.
    private static JobRecord RecordOf(HttpContext context, string id, ServerState state) =>
        ResponseTicket.Find(id, context.Caller(), state) ?? throw ApiException.NotFound($"There is no response '{Parameters.Shown(id)}'.", "response_not_found");

    private static async Task WriteAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }
}
