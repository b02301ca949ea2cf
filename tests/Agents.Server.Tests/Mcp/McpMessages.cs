using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Agents.Server.Tests.Mcp;

/// <summary>Messages of MCP over HTTP, written and read by hand: what a client's library would hide is what is tested.</summary>
internal static class McpMessages
{
    public const string Latest = "2026-07-28";
    public const string Handshake = "2025-11-25";
    public const string Accept = "application/json, text/event-stream";

    /// <summary>A request of the revision without a handshake.</summary>
    public static JsonObject Request(string method, JsonObject? parameters = null, string? capabilities = "{}", string version = Latest, int id = 1)
    {
        parameters = (JsonObject?)parameters?.DeepClone() ?? [];
        JsonObject meta = parameters["_meta"] as JsonObject ?? [];
        meta[MetaKeys.ProtocolVersion] = version;
        meta[MetaKeys.ClientInfo] = new JsonObject { ["name"] = "tests", ["version"] = "1" };
        if (capabilities is not null)
            meta[MetaKeys.ClientCapabilities] = JsonNode.Parse(capabilities);
        parameters["_meta"] = meta;
        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters };
    }

    /// <summary>A call of a tool.</summary>
    public static JsonObject Call(string tool, string arguments, string? capabilities = "{}", int id = 1, JsonObject? more = null)
    {
        JsonObject parameters = more ?? [];
        parameters["name"] = tool;
        parameters["arguments"] = JsonNode.Parse(arguments);
        return Request("tools/call", parameters, capabilities, id: id);
    }

    /// <summary>The headers that belong to a message, with some changed; null leaves one out.</summary>
    public static (string, string)[] Headers(JsonObject message, params (string Name, string? Value)[] changes)
    {
        Dictionary<string, string?> headers = new(StringComparer.OrdinalIgnoreCase) { ["Accept"] = Accept };
        if (message["params"]?["_meta"]?[MetaKeys.ProtocolVersion] is { } version)
        {
            headers["MCP-Protocol-Version"] = (string)version!;
            headers["Mcp-Method"] = (string?)message["method"];
            headers["Mcp-Name"] = (string?)message["params"]!["name"];
        }

        foreach ((string name, string? value) in changes)
            headers[name] = value;
        return [.. headers.Where(h => h.Value is not null).Select(h => (h.Key, h.Value!))];
    }

    /// <summary>Posts a message with its headers.</summary>
    public static Task<McpReply> PostMcpAsync(this RunningServer server, JsonObject message, params (string Name, string? Value)[] changes) =>
        server.PostRawAsync(message.ToJsonString(), Headers(message, changes));

    /// <summary>Posts a body.</summary>
    public static async Task<McpReply> PostRawAsync(this RunningServer server, string body, (string, string)[] headers)
    {
        using HttpRequestMessage request = RunningServer.Request("/mcp", body, headers);
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        return await McpReply.ReadAsync(response);
    }

    /// <summary>Calls a tool that answers.</summary>
    public static async Task<JsonElement> ToolAsync(this RunningServer server, string tool, string arguments, params (string Name, string? Value)[] headers)
    {
        McpReply reply = await server.PostMcpAsync(Call(tool, arguments), headers);
        Assert.True(reply.Status == 200 && !reply.IsToolError, reply.Text);
        JsonElement content = reply.Result.GetProperty("structuredContent");
        Assert.True(JsonElement.DeepEquals(content, JsonElement.Parse(reply.ToolText)), reply.Text);
        return content;
    }

    /// <summary>Calls a tool that refuses, and returns its words.</summary>
    public static async Task<string> ToolErrorAsync(this RunningServer server, string tool, string arguments, params (string Name, string? Value)[] headers)
    {
        McpReply reply = await server.PostMcpAsync(Call(tool, arguments), headers);
        Assert.True(reply.Status == 200 && reply.IsToolError, reply.Text);
        Assert.False(reply.Result.TryGetProperty("structuredContent", out _));
        return reply.ToolText;
    }
}

/// <summary>A reply: the HTTP side, and the messages in it, the last of which is the answer.</summary>
internal sealed record McpReply(int Status, string Text, IReadOnlyList<JsonElement> Messages, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Last => Messages[^1];

    public JsonElement Result => Last.GetProperty("result");

    public int ErrorCode => Last.GetProperty("error").GetProperty("code").GetInt32();

    public string ErrorMessage => Last.GetProperty("error").GetProperty("message").GetString()!;

    public bool IsToolError => Result.TryGetProperty("isError", out JsonElement flag) && flag.GetBoolean();

    public string ToolText => Result.GetProperty("content")[0].GetProperty("text").GetString()!;

    public static async Task<McpReply> ReadAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        string[] messages = response.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? [.. text.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => l["data: ".Length..])]
            : text.Length > 0 ? [text] : [];
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new McpReply((int)response.StatusCode, text, [.. messages.Select(m => JsonElement.Parse(m))], headers);
    }
}
