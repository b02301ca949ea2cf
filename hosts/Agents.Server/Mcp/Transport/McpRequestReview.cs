using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Agents.Server.Mcp;

/// <summary>
/// What HTTP says of a message must be what the message says: proxies route by headers, the protocol acts by the body. Checked
/// here are the points that the protocol's own code cannot see.
/// </summary>
internal static class McpRequestReview
{
    // Any other is a 404 over HTTP, those that went with the handshake among them.
    private static readonly string[] methods = [RequestMethods.ServerDiscover, RequestMethods.ToolsList, RequestMethods.ToolsCall, RequestMethods.PromptsList, RequestMethods.PromptsGet, RequestMethods.SubscriptionsListen];

    /// <summary>Checks what can be checked before the body is read.</summary>
    /// <exception cref="McpRefusal">The client would not understand the reply.</exception>
    public static void CheckAccept(HttpRequest request)
    {
        var accept = request.GetTypedHeaders().Accept;
        if (!accept.Any(a => a.MatchesMediaType("application/json")) || !accept.Any(a => a.MatchesMediaType("text/event-stream")))
            throw new McpRefusal(406, McpErrorCode.InvalidRequest, "The header Accept must name both application/json and text/event-stream.");
    }

    /// <summary>Checks headers against the message.</summary>
    /// <exception cref="McpRefusal">They say different things, or something is missing.</exception>
    public static void Check(IHeaderDictionary headers, JsonRpcMessage message)
    {
        string version = headers[McpProtocol.VersionHeader].ToString();
        CheckKnown(version);
        (string? method, JsonObject? parameters) = message switch
        {
            JsonRpcRequest request => (request.Method, request.Params as JsonObject),
            JsonRpcNotification notification => (notification.Method, notification.Params as JsonObject),
            _ => ((string?)null, null),
        };
        if (method is null)
            return;
        bool isRequest = message is JsonRpcRequest;
        CheckVersion(version, method, parameters, isRequest);
        if (!McpProtocol.StandsAlone(version))
            return;
        CheckStandardHeaders(headers, method, parameters);
        if (isRequest && (parameters?["_meta"] as JsonObject)?[MetaKeys.ClientCapabilities] is not JsonObject)
            throw new McpRefusal(400, McpErrorCode.InvalidParams, $"A request of version {version} must carry '_meta/{MetaKeys.ClientCapabilities}', an object.");
        if (isRequest && !methods.Contains(method))
            throw new McpRefusal(404, McpErrorCode.MethodNotFound, $"This server has no method '{Parameters.Shown(method)}' in version {version}. It has: {string.Join(", ", methods)}.");
    }

    /// <summary>The HTTP status of a reply that begins with this message: some errors of the protocol are errors of HTTP too.</summary>
    public static int? StatusOf(JsonRpcMessage? first) => (first as JsonRpcError)?.Error is not { } error ? null : (McpErrorCode)error.Code switch
    {
        McpErrorCode.MethodNotFound => 404,
        McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion or McpErrorCode.HeaderMismatch => 400,
        _ => null,
    };

    private static void CheckKnown(string version)
    {
        if (version.Length > 0 && !McpProtocol.IsKnown(version))
        {
            // What server/discover offers, so that a client which tries again by this list is served.
            throw new McpRefusal(400, McpErrorCode.UnsupportedProtocolVersion, $"The protocol version '{Parameters.Shown(version)}' is not supported.")
            {
                Facts = new JsonObject { ["supported"] = new JsonArray(McpProtocol.Stateless), ["requested"] = Parameters.Shown(version) },
            };
        }
    }

    private static void CheckVersion(string version, string method, JsonObject? parameters, bool isRequest)
    {
        if (method == RequestMethods.Initialize && Text(parameters?["protocolVersion"]) is { } asked && version.Length > 0 && version != asked)
            throw McpRefusal.Mismatch(McpProtocol.VersionHeader, version, asked);
        string? meta = Text((parameters?["_meta"] as JsonObject)?[MetaKeys.ProtocolVersion]);
        if (!McpProtocol.StandsAlone(version) && !McpProtocol.StandsAlone(meta))
            return;
        if (version.Length == 0)
            throw new McpRefusal(400, McpErrorCode.HeaderMismatch, $"The body is of version {meta}: the header {McpProtocol.VersionHeader} must say so too.");
        // Nobody reads an error about a notification, and one that is dropped may be a cancellation.
        if (meta is null && !isRequest)
            return;
        if (meta is null)
            throw new McpRefusal(400, McpErrorCode.InvalidParams, $"A request of version {version} must carry '_meta/{MetaKeys.ProtocolVersion}'.");
        if (meta != version)
            throw McpRefusal.Mismatch(McpProtocol.VersionHeader, version, meta);
    }

    private static void CheckStandardHeaders(IHeaderDictionary headers, string method, JsonObject? parameters)
    {
        string named = Needed(headers, McpProtocol.MethodHeader);
        if (named != method)
            throw McpRefusal.Mismatch(McpProtocol.MethodHeader, named, method);
        string? nameField = method switch { RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name", RequestMethods.ResourcesRead => "uri", _ => null };
        if (nameField is null)
            return;
        string given = Needed(headers, McpProtocol.NameHeader);
        // What is no visible ASCII travels in a wrapper of Base64.
        string decoded = (given.All(c => c is >= ' ' and <= '~' or '\t') ? McpHeaderEncoder.DecodeValue(given) : null)
            ?? throw new McpRefusal(400, McpErrorCode.HeaderMismatch, $"The header {McpProtocol.NameHeader} cannot be decoded.");
        string inBody = Text(parameters?[nameField]) ?? "";
        if (decoded != inBody)
            throw McpRefusal.Mismatch(McpProtocol.NameHeader, decoded, inBody);
    }

    private static string Needed(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out StringValues value) ? value.ToString().Trim() : throw new McpRefusal(400, McpErrorCode.HeaderMismatch, $"The header {name} is missing.");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
