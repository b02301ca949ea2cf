using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Agents.Server.Mcp;

/// <summary>Parameters that cannot be read are the client's mistake, and are said to be where they are. Without this the protocol's code calls them an error of its own.</summary>
internal static class McpParameterReview
{
    private static readonly Dictionary<string, JsonTypeInfo> types = new(StringComparer.Ordinal)
    {
        [RequestMethods.ToolsCall] = TypeOf<CallToolRequestParams>(),
        [RequestMethods.ToolsList] = TypeOf<ListToolsRequestParams>(),
        [RequestMethods.PromptsGet] = TypeOf<GetPromptRequestParams>(),
        [RequestMethods.PromptsList] = TypeOf<ListPromptsRequestParams>(),
    };

    /// <summary>The filter through which every message comes.</summary>
    public static McpMessageFilter Filter { get; } = next => async (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest request && types.TryGetValue(request.Method, out JsonTypeInfo? type))
            Check(request, type);
        await next(context, cancellationToken);
    };

    private static void Check(JsonRpcRequest request, JsonTypeInfo type)
    {
        bool isList = request.Method is RequestMethods.ToolsList or RequestMethods.PromptsList;
        if (request.Params is null && !isList)
            throw new McpProtocolException($"'{request.Method}' needs parameters.", McpErrorCode.InvalidParams);
        try
        {
            request.Params.Deserialize(type);
        }
        catch (JsonException e)
        {
            throw new McpProtocolException($"The parameters of '{request.Method}' cannot be read{(e.Path is { Length: > 1 } path ? $" at {Parameters.Shown(path)}" : ": a required one is missing, or one is of the wrong kind")}.", McpErrorCode.InvalidParams);
        }
        catch (InvalidOperationException)
        {
            throw new McpProtocolException($"The parameters of '{request.Method}' hold what is no text, or a value of the wrong kind.", McpErrorCode.InvalidParams);
        }
    }

    private static JsonTypeInfo TypeOf<T>() => McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
