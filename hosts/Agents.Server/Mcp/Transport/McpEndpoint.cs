using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Agents.Server.Mcp;

/// <summary>
/// MCP over HTTP without sessions: each POST is a server of its own, which ends with its reply, so that any process can take
/// any request. There is no stream beside the replies: GET and DELETE are 405.
/// </summary>
internal static class McpEndpoint
{
    public const string Path = "/mcp";
    private static readonly JsonTypeInfo<JsonRpcMessage> messageType = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    public static void MapMcp(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, PostAsync);
        routes.MapMethods(Path, ["GET", "DELETE", "PUT", "PATCH"], NotAllowed);
    }

    private static Task NotAllowed(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        throw new ApiException(405, "invalid_request_error", $"{context.Request.Method} is not there: send each message as a POST. There are no sessions to open or to end.", null, "method_not_allowed");
    }

    private static async Task PostAsync(HttpContext context, ReasoningMcpServer server, CallsInWork calls, ServerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        CheckOrigin(context.Request, options.Mcp);
        object? id = null;
        try
        {
            McpRequestReview.CheckAccept(context.Request);
            JsonRpcMessage message = MessageOf(await context.ReadBodyAsync());
            id = (message as JsonRpcRequest)?.Id.Id;
            McpRequestReview.Check(context.Request.Headers, message);
            if (context.Request.Headers[McpProtocol.VersionHeader].ToString() is { Length: > 0 } version)
                message.Context = new JsonRpcMessageContext { ProtocolVersion = version };
            await HandleAsync(context, message, server, calls, time, loggers);
        }
        catch (McpRefusal refusal)
        {
            byte[] body = McpErrorJson.Of(refusal, id);
            context.Response.StatusCode = refusal.Status;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static async Task HandleAsync(HttpContext context, JsonRpcMessage message, ReasoningMcpServer server, CallsInWork calls, TimeProvider time, ILoggerFactory loggers)
    {
        Caller caller = context.Caller();
        string session = context.Request.Headers[McpProtocol.SessionHeader].ToString();
        if (message is JsonRpcNotification { Method: McpProtocol.CancelledNotification, Params: JsonObject cancelled } && IdIn(cancelled) is { } target)
            calls.Cancel(caller, session, target);
        // The limits on requests count calls; listing and greeting cost nothing.
        using Caller.Place? place = message is JsonRpcRequest { Method: RequestMethods.ToolsCall } ? caller.Enter() : null;
        if (message is JsonRpcRequest { Method: RequestMethods.Initialize })
            context.Response.Headers[McpProtocol.SessionHeader] = RandomNumberGenerator.GetHexString(32, lowercase: true);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using IDisposable? noted = message is JsonRpcRequest request ? calls.Note(caller, session, request.Id, ended) : null;
        await using var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using McpServer one = McpServer.Create(transport, server.OptionsFor(caller, ended.Token), loggers);
        Task running = one.RunAsync(ended.Token);
        try
        {
            OpenReply(context);
            await using var body = new KeptAliveStream(context.Response.Body, TimeSpan.FromSeconds(context.ServerOptions().HeartbeatSeconds), time, context.RequestAborted);
            bool isWritten = await transport.HandlePostRequestAsync(message, body, first => Begin(context, first), ended.Token);
            if (!isWritten)
            {
                context.Response.Headers.ContentType = default;
                context.Response.StatusCode = StatusCodes.Status202Accepted;
            }
        }
        catch (JsonException) when (!context.Response.HasStarted)
        {
            // A greeting is read by the transport itself.
            throw new McpRefusal(400, McpErrorCode.InvalidParams, "The parameters of 'initialize' cannot be read: 'protocolVersion', 'capabilities' and 'clientInfo' with 'name' and 'version' are needed.");
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            // Cancelled by a notification: the client waits for no reply, and gets an end.
        }
        finally
        {
            await ended.CancelAsync();
            await running;
        }
    }

    private static JsonRpcMessage MessageOf(RequestBody body)
    {
        if (!IsText(body.Root))
            throw new McpRefusal(400, McpErrorCode.ParseError, "The body holds half a surrogate pair, which is no text.");
        try
        {
            return body.Root.Deserialize(messageType) ?? throw NoMessage();
        }
        catch (JsonException)
        {
            throw NoMessage();
        }
    }

    /// <summary>Whether every name and string is text. Half a surrogate pair, escaped, is JSON by its grammar, and fails wherever it is read.</summary>
    private static bool IsText(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.Object => json.EnumerateObject().All(p => p.Name is not null && IsText(p.Value)),
                JsonValueKind.Array => json.EnumerateArray().All(IsText),
                JsonValueKind.String => json.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static McpRefusal NoMessage() => new(400, McpErrorCode.InvalidRequest, "The body is no JSON-RPC 2.0 message: a request or notification with 'jsonrpc', 'method' and, for a request, an 'id' that is a string or a whole number.");

    private static RequestId? IdIn(JsonObject cancelled) => cancelled["requestId"] switch
    {
        JsonValue value when value.TryGetValue(out string? text) => new RequestId(text),
        JsonValue value when value.TryGetValue(out long number) => new RequestId(number),
        _ => null,
    };

    private static void OpenReply(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    private static ValueTask Begin(HttpContext context, JsonRpcMessage? first)
    {
        if (!context.Response.HasStarted && McpProtocol.StandsAlone(context.Request.Headers[McpProtocol.VersionHeader]) && McpRequestReview.StatusOf(first) is { } status)
            context.Response.StatusCode = status;
        return default;
    }

    /// <summary>A page of another origin could use a key or a network place that is its visitor's: the protocol wants its origin checked, key or not.</summary>
    private static void CheckOrigin(HttpRequest request, McpOptions options)
    {
        string origin = request.Headers.Origin.ToString();
        if (origin.Length == 0 || options.AllowedOrigins.Contains(origin))
            return;
        bool isOurs = Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && (AccessGate.IsLocal(page.Host) || string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
        if (!isOurs)
            throw new ApiException(403, "permission_error", "This server takes no MCP requests from web pages of this origin; Agents:Mcp:AllowedOrigins names those it does.", null, "foreign_origin");
    }
}
