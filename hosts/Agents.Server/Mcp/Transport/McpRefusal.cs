using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace Agents.Server.Mcp;

/// <summary>A request that is refused before the protocol sees it: an HTTP status with a JSON-RPC error.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The JSON-RPC code.</param>
/// <param name="message">What is wrong, for the client.</param>
internal sealed class McpRefusal(int status, McpErrorCode code, string message) : Exception(message)
{
    public int Status => status;

    public McpErrorCode Code => code;

    /// <summary>Facts for programs, or null.</summary>
    public JsonObject? Facts { get; init; }

    public static McpRefusal Mismatch(string header, string given, string expected) =>
        new(400, McpErrorCode.HeaderMismatch, $"The header {header} is '{Parameters.Shown(given)}', but the body says '{Parameters.Shown(expected)}'.");
}
