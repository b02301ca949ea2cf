using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Agents.Server.Mcp;

/// <summary>A tool that MCP clients can call. Thread-safe.</summary>
internal interface IMcpTool
{
    /// <summary>Name, schemas and hints, as clients list it.</summary>
    Tool Description { get; }

    /// <summary>Carries out a call.</summary>
    /// <returns>The structured content, which the output schema describes; its text is the content.</returns>
    /// <exception cref="ApiException">The call cannot be carried out; its message becomes the tool's error.</exception>
    Task<JsonElement> CallAsync(ToolCall call);
}

/// <summary>One call of a tool.</summary>
/// <param name="Arguments">Its arguments, a JSON object.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Request">The request as the protocol read it.</param>
/// <param name="Progress">Where events become progress.</param>
/// <param name="CancellationToken">The client has gone, or does not want it any more.</param>
internal sealed record ToolCall(JsonElement Arguments, Caller Caller, RequestContext<CallToolRequestParams> Request, ProgressReport Progress, CancellationToken CancellationToken);
