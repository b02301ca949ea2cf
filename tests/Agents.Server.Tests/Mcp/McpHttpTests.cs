using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using static Agents.Server.Tests.Mcp.McpMessages;

namespace Agents.Server.Tests.Mcp;

/// <summary>What the HTTP side of MCP lets in, and how it refuses the rest: each refusal is an HTTP status with a JSON-RPC error.</summary>
public sealed class McpHttpTests
{
    private const string Key = "server-key-0123456789abcdef";
    private static readonly JsonObject list = Request("tools/list");

    private static ServerOptions WithKey(ServerOptions options, CallerLimits? limits = null) =>
        options with { Keys = [new ApiKeyOptions { Name = "alice", Sha256 = ServerConfiguration.HashOf(Key), Limits = limits }] };

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task OtherMethodThanPost_Is405_AndNamesPost(string method)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/mcp");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        McpReply reply = await McpReply.ReadAsync(response);
        Assert.Equal((405, "POST"), (reply.Status, reply.Headers["Allow"]));
        Assert.Contains("POST", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", 406)]
    [InlineData("text/event-stream", 406)]
    [InlineData("text/html", 406)]
    [InlineData("application/json, text/event-stream", 200)]
    [InlineData("*/*", 200)]
    public async Task Accept_MustNameBothForms(string accept, int status)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply reply = await server.PostMcpAsync(list, ("Accept", accept));
        Assert.Equal(status, reply.Status);
        if (status == 406)
            Assert.Contains("Accept", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownVersion_Is400_AndListsWhatThereIs()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply reply = await server.PostMcpAsync(Request("tools/list", version: "2031-01-01"));
        Assert.Equal((400, (int)McpErrorCode.UnsupportedProtocolVersion), (reply.Status, reply.ErrorCode));
        JsonElement facts = reply.Last.GetProperty("error").GetProperty("data");
        Assert.Equal((Latest, "2031-01-01"), (facts.GetProperty("supported")[0].GetString(), facts.GetProperty("requested").GetString()));
        Assert.Equal(1, reply.Last.GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task VersionOfHeaderAndBody_MustBeTheSame()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply other = await server.PostMcpAsync(list, ("MCP-Protocol-Version", Handshake)), none = await server.PostMcpAsync(list, ("MCP-Protocol-Version", null));
        Assert.Equal((400, (int)McpErrorCode.HeaderMismatch), (other.Status, other.ErrorCode));
        Assert.Equal((400, (int)McpErrorCode.HeaderMismatch), (none.Status, none.ErrorCode));
        JsonObject silent = Request("tools/list");
        ((JsonObject)silent["params"]!["_meta"]!).Remove(MetaKeys.ProtocolVersion);
        McpReply missing = await server.PostMcpAsync(silent, ("MCP-Protocol-Version", Latest), ("Mcp-Method", "tools/list"));
        Assert.Equal((400, (int)McpErrorCode.InvalidParams), (missing.Status, missing.ErrorCode));
        Assert.Contains(MetaKeys.ProtocolVersion, missing.ErrorMessage, StringComparison.Ordinal);
        McpReply greeting = await server.PostRawAsync(Greeting("2025-06-18"), [("Accept", Accept), ("MCP-Protocol-Version", Handshake)]);
        Assert.Equal((400, (int)McpErrorCode.HeaderMismatch), (greeting.Status, greeting.ErrorCode));
    }

    [Theory]
    [InlineData("Mcp-Method", null, "missing")]
    [InlineData("Mcp-Method", "tools/list", "'tools/list', but the body says 'tools/call'")]
    [InlineData("Mcp-Name", null, "missing")]
    [InlineData("Mcp-Name", "solve", "'solve', but the body says 'compare'")]
    [InlineData("Mcp-Name", "=?base64?!!!?=", "cannot be decoded")]
    public async Task StandardHeaders_MustSayWhatTheBodySays(string header, string? value, string says)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply reply = await server.PostMcpAsync(Call("compare", """{"answers":["1","1"]}"""), (header, value));
        Assert.Equal((400, (int)McpErrorCode.HeaderMismatch), (reply.Status, reply.ErrorCode));
        Assert.Contains(says, reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NameInBase64_IsRead()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string wrapped = $"=?base64?{Convert.ToBase64String(Encoding.UTF8.GetBytes("compare"))}?=";
        Assert.Equal(200, (await server.PostMcpAsync(Call("compare", """{"answers":["1","1"]}"""), ("Mcp-Name", wrapped))).Status);
    }

    [Fact]
    public async Task RequestWithoutCapabilities_Is400()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        foreach (string? capabilities in (string?[])[null, "[]"])
        {
            McpReply reply = await server.PostMcpAsync(Request("tools/list", capabilities: capabilities));
            Assert.Equal((400, (int)McpErrorCode.InvalidParams), (reply.Status, reply.ErrorCode));
            Assert.Contains(MetaKeys.ClientCapabilities, reply.ErrorMessage, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("no/such/method")]
    public async Task MethodThatIsNotThere_Is404(string method)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply reply = await server.PostMcpAsync(Request(method));
        Assert.Equal((404, (int)McpErrorCode.MethodNotFound), (reply.Status, reply.ErrorCode));
    }

    [Theory]
    [InlineData("{", 400, (int)McpErrorCode.ParseError)]
    [InlineData("[]", 400, (int)McpErrorCode.ParseError)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", 400, (int)McpErrorCode.ParseError)]
    [InlineData("{}", 400, (int)McpErrorCode.InvalidRequest)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", 400, (int)McpErrorCode.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", 400, (int)McpErrorCode.InvalidRequest)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", 400, (int)McpErrorCode.ParseError)]
    public async Task BodyThatIsNoMessage_Is400(string body, int status, int code)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply reply = await server.PostRawAsync(body, [("Accept", Accept)]);
        Assert.Equal((status, code, JsonValueKind.Null), (reply.Status, reply.ErrorCode, reply.Last.GetProperty("id").ValueKind));
    }

    [Fact]
    public async Task BodyThatIsTooLargeOrNoJson_IsRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { MaxBodyBytes = 2048 });
        Assert.Equal(413, (await server.PostMcpAsync(Call("compare", $$"""{"answers":["1","{{new string('1', 4000)}}"]}"""))).Status);
        using var content = new StringContent(list.ToJsonString(), Encoding.UTF8, "text/plain");
        using HttpResponseMessage plain = await server.Client.PostAsync("/mcp", content);
        Assert.True((int)plain.StatusCode is 406 or 415);
        using var accepted = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(list.ToJsonString(), Encoding.UTF8, "text/plain") };
        accepted.Headers.TryAddWithoutValidation("Accept", Accept);
        using HttpResponseMessage refused = await server.Client.SendAsync(accepted);
        Assert.Equal(415, (int)refused.StatusCode);
    }

    [Theory]
    [InlineData("Host", "rebound.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task ForeignHostOrOrigin_WithoutKeys_Is403(string header, string value)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply reply = await server.PostMcpAsync(list, (header, value));
        Assert.Equal((403, "2.0"), (reply.Status, reply.Last.GetProperty("jsonrpc").GetString()));
        Assert.Equal(200, (await server.PostMcpAsync(list, ("Origin", "http://localhost:6274"))).Status);
    }

    [Fact]
    public async Task ForeignOrigin_WithAKey_Is403_UnlessItIsAllowed()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => WithKey(o) with { Mcp = new McpOptions { AllowedOrigins = ["https://agents.example"] } });
        (string, string?) key = ("Authorization", "Bearer " + Key);
        Assert.Equal(403, (await server.PostMcpAsync(list, key, ("Origin", "https://evil.example"))).Status);
        Assert.Equal(200, (await server.PostMcpAsync(list, key, ("Origin", "https://agents.example"))).Status);
        Assert.Equal(200, (await server.PostMcpAsync(list, key, ("Origin", "https://tools.example"), ("Host", "tools.example"))).Status);
    }

    [Fact]
    public async Task Keys_AreAskedFor_AsEverywhere()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => WithKey(o));
        McpReply none = await server.PostMcpAsync(list), wrong = await server.PostMcpAsync(list, ("x-api-key", "nonsense"));
        Assert.Equal((401, "Bearer"), (none.Status, none.Headers["WWW-Authenticate"]));
        Assert.Equal((401, "The key is not one of this server's."), (wrong.Status, wrong.ErrorMessage));
        Assert.Equal(200, (await server.PostMcpAsync(list, ("x-api-key", Key))).Status);
    }

    [Fact]
    public async Task CallsOverTheLimit_Are429_AndListingIsNot()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Limits = new CallerLimits { MaxConcurrency = 1 } });
        var gate = new TaskCompletionSource();
        server.Upstream.Behavior = new StubBehavior { Until = gate.Task };
        Task<McpReply> first = server.PostMcpAsync(Call("solve", """{"question":"q","strategy":"direct"}"""));
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        McpReply second = await server.PostMcpAsync(Call("list_strategies", "{}"));
        Assert.Equal((429, "1"), (second.Status, second.Headers["Retry-After"]));
        Assert.Equal(200, (await server.PostMcpAsync(list)).Status);
        gate.SetResult();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await server.PostMcpAsync(Call("list_strategies", "{}"))).Status);
    }

    [Fact]
    public async Task Notification_Is202_WithoutABody()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply reply = await server.PostRawAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", [("Accept", Accept), ("MCP-Protocol-Version", Handshake)]);
        Assert.Equal((202, ""), (reply.Status, reply.Text));
        Assert.False(reply.Headers.ContainsKey("Content-Type"));
    }

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task OlderClient_GreetsAndCalls_WithoutASession(string version)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply greeting = await server.PostRawAsync(Greeting(version), [("Accept", Accept)]);
        Assert.Equal((200, version, "agents"), (greeting.Status, greeting.Result.GetProperty("protocolVersion").GetString(), greeting.Result.GetProperty("serverInfo").GetProperty("name").GetString()));
        Assert.Equal(32, greeting.Headers["Mcp-Session-Id"].Length);
        McpReply call = await server.PostRawAsync("""{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"compare","arguments":{"answers":["1/2","50%"]}}}""", [("Accept", Accept), ("MCP-Protocol-Version", version)]);
        Assert.True(call.Result.GetProperty("structuredContent").GetProperty("equal").GetBoolean(), call.Text);
        Assert.Equal("a", call.Last.GetProperty("id").GetString());
    }

    [Fact]
    public async Task UnknownTool_IsAnErrorOfTheProtocol()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply reply = await server.PostMcpAsync(Call("no-such-tool", "{}"));
        Assert.Equal((int)McpErrorCode.InvalidParams, reply.ErrorCode);
        Assert.Contains("solve", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GreetingThatCannotBeRead_Is400()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        foreach (string parameters in (string[])["{}", "5", """{"protocolVersion":5,"capabilities":{},"clientInfo":{"name":"n","version":"1"} }"""])
        {
            McpReply reply = await server.PostRawAsync($$"""{"jsonrpc":"2.0","id":4,"method":"initialize","params":{{parameters}} }""", [("Accept", Accept)]);
            Assert.Equal((400, (int)McpErrorCode.InvalidParams, 4), (reply.Status, reply.ErrorCode, reply.Last.GetProperty("id").GetInt32()));
        }
    }

    [Fact]
    public async Task SilentCall_IsKeptAlive_BetweenEvents()
    {
        var clock = new ManualClock();
        await using RunningServer server = await RunningServer.StartAsync(o => o with { HeartbeatSeconds = 7 }, time: clock);
        var gate = new TaskCompletionSource();
        server.Upstream.Behavior = new StubBehavior { Until = gate.Task };
        JsonObject call = Call("solve", """{"question":"q","strategy":"direct"}""");
        using HttpRequestMessage request = RunningServer.Request("/mcp", call.ToJsonString(), Headers(call));
        Task<HttpResponseMessage> sent = server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        clock.Advance(TimeSpan.FromSeconds(7));
        using HttpResponseMessage response = await sent;
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(": keep-alive", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("", await reader.ReadLineAsync());
        gate.SetResult();
        Assert.Equal("event: message", await reader.ReadLineAsync());
        Assert.Contains("\"structuredContent\"", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static string Greeting(string version) =>
        $$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{version}}","capabilities":{},"clientInfo":{"name":"tests","version":"1"} } }""";
}
