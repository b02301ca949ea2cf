using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Agents.Server.Channels;

/// <summary>
/// <c>POST /api/messages</c>: activities of Teams, Copilot and the Agents Playground. Messages are answered with 202 at once, and replied
/// to through the Connector; replies that are expected inline, and invocations, are the answer itself.
/// </summary>
internal static class ChannelEndpoint
{
    /// <summary>The address, which channels know as the agent's messaging endpoint.</summary>
    public const string Path = "/api/messages";

    private const string CardAction = "adaptiveCard/action";

    /// <summary>Maps the endpoint where a channel is configured.</summary>
    public static void MapChannel(this IEndpointRouteBuilder routes, ChannelOptions? options)
    {
        if (options is null)
            return;
        routes.MapPost(Path, PostAsync);
        // The playground looks whether anybody is there before it sends anything.
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], () => Results.Ok());
    }

    private static async Task PostAsync(HttpContext context, ChannelGate gate, Dialogue dialogue, ChannelTurns turns, ChannelConnector connector)
    {
        var sender = await gate.EnterAsync(context);
        Activity activity = Activity.Read((await context.ReadBodyAsync()).Root);
        await gate.CheckAsync(activity, sender, context.RequestAborted);
        switch (activity.Type)
        {
            case "message" when activity.ExpectsReplies:
                await AnswerInlineAsync(context, new Replies(connector, activity), dialogue, turns);
                break;
            case "message":
                _ = turns.Begin(token => dialogue.MessageAsync(new Replies(connector, activity), token));
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                break;
            case "invoke" when activity.Name == CardAction:
                await WriteAsync(context, dialogue.Act(activity));
                break;
            case "invoke":
                throw new ApiException(501, "invalid_request_error", $"This agent has no invocation '{Parameters.Shown(activity.Name ?? "")}'.", "name", "not_implemented");
            default:
                // Who joins and who reacts changes nothing here; the channel only wants to know that it arrived.
                break;
        }
    }

    private static async Task AnswerInlineAsync(HttpContext context, Replies replies, Dialogue dialogue, ChannelTurns turns)
    {
        using var abandoned = new CancellationTokenSource();
        Task turn = turns.Begin(async token =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(token, abandoned.Token);
            await dialogue.MessageAsync(replies, either.Token);
        });
        try
        {
            await Task.WhenAny(turn, replies.Released).WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            await abandoned.CancelAsync();
            throw;
        }

        await WriteAsync(context, new JsonObject { ["activities"] = new JsonArray([.. replies.Take().Select(a => (JsonNode)a)]) });
    }

    private static Task WriteAsync(HttpContext context, JsonObject json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
