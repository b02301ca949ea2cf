using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace Agents.Server.Mcp;

/// <summary>Errors of HTTP at <c>/mcp</c> as JSON-RPC, which is what its clients read.</summary>
internal static class McpErrorJson
{
    /// <summary>The code of errors that are the transport's and not the protocol's.</summary>
    private const int Transport = -32000;

    public static byte[] Of(ApiException error) => Write(null, error.Code is "invalid_json" ? (int)McpErrorCode.ParseError : Transport, error.Message, null);

    /// <param name="refusal">The refusal.</param>
    /// <param name="id">The request's id where it could be read; else null.</param>
    public static byte[] Of(McpRefusal refusal, object? id) => Write(id, (int)refusal.Code, refusal.Message, refusal.Facts);

    private static byte[] Write(object? id, int code, string message, JsonObject? facts) => Json.Utf8(json =>
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        if (id is string text)
            json.WriteString("id", text);
        else if (id is long number)
            json.WriteNumber("id", number);
        else
            json.WriteNull("id");
        json.WriteStartObject("error");
        json.WriteNumber("code", code);
        json.WriteString("message", message);
        if (facts is not null)
        {
            json.WritePropertyName("data");
            facts.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });
}
