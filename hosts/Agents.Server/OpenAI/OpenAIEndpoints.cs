using System.Text.Json;
using Agents.Reasoning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Agents.Server.OpenAI;

/// <summary>The OpenAI API over strategies: a strategy is a model.</summary>
internal static class OpenAIEndpoints
{
    /// <summary>Maps <c>/v1/models</c> and <c>/v1/chat/completions</c>.</summary>
    public static void MapOpenAI(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", ListModels);
        routes.MapGet("/v1/models/{**id}", GetModel);
        routes.MapPost("/v1/chat/completions", CompleteAsync);
    }

    private static IResult ListModels(RunPlanner planner, ServedModels models) => Results.Bytes(Json.Utf8(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (string id in planner.Ids())
            WriteModel(json, id, models);
        json.WriteEndArray();
        json.WriteEndObject();
    }), "application/json");

    private static IResult GetModel(string id, RunPlanner planner, ServedModels models) =>
        planner.Ids().Contains(id, StringComparer.Ordinal) ? Results.Bytes(Json.Utf8(json => WriteModel(json, id, models)), "application/json")
        : throw ApiException.NotFound($"There is no model '{Parameters.Shown(id)}'.", "model_not_found");

    private static void WriteModel(Utf8JsonWriter json, string id, ServedModels models)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", "model");
        json.WriteNumber("created", models.Created.ToUnixTimeSeconds());
        json.WriteString("owned_by", "agents");
        json.WriteEndObject();
    }

    private static async Task CompleteAsync(HttpContext context, RunPlanner planner, RunService runs, NamedRuns named, ServerState state, TimeProvider time)
    {
        RequestBody body = await context.ReadBodyAsync();
        CompletionRequest request = CompletionReader.Read(body.Root, context.ServerOptions());
        Caller caller = context.Caller();
        RunPlan plan = planner.Plan(request.Question, IdempotencyKey.NewRunId(), caller.Limits);
        using Caller.Place place = caller.Enter();

        // The function below runs whatever the plan is by then: a named run, or one that is read while it is written.
        Func<Action<ReasoningEvent>?, Task<ReasoningResult>> run = observer => runs.RunAsync(plan, caller, null, observer, context.RequestAborted);
        if (IdempotencyKey.Of(context.Request) is { } key)
        {
            plan = planner.Plan(request.Question, await named.IdOfAsync(caller, key, "chat:" + body.Hash), caller.Limits);
            run = observer => named.JoinAsync(plan.Options.RunId, token => runs.RunAsync(plan, caller, state.Journals, observer, token), context.RequestAborted);
        }

        var json = new CompletionJson("chatcmpl-" + plan.Options.RunId, time.GetUtcNow().ToUnixTimeSeconds(), request.Model);
        if (request.IsStream)
        {
            await using EventStream events = await EventStream.OpenAsync(context, time);
            var stream = new CompletionStream(json, events);
            plan = LiveSampler.Over(plan, request, stream.Pass);
            await StreamAsync(context, request, plan, stream, run);
            return;
        }

        byte[] whole = json.Whole(Completion.Of(await run(null), plan, request));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = whole.Length;
        await context.Response.Body.WriteAsync(whole, context.RequestAborted);
    }

    private static async Task StreamAsync(HttpContext context, CompletionRequest request, RunPlan plan, CompletionStream stream, Func<Action<ReasoningEvent>?, Task<ReasoningResult>> run)
    {
        stream.Begin();
        try
        {
            stream.End(Completion.Of(await run(plan.IsPassThrough ? null : stream.Observe), plan, request), request.IncludesUsage);
        }
        catch (ApiException e)
        {
            stream.Fail(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The headers are sent; the boundary can only log it.
            stream.Fail(new ApiException(500, "server_error", $"The server failed; its log says more under {context.RequestId()}.", null, "internal_error"));
            throw;
        }
    }
}
