using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Reasoning;
using Agents.Testing;
using static Agents.Server.Tests.Mcp.McpMessages;

namespace Agents.Server.Tests.Mcp;

/// <summary>The tools, over real HTTP: what they return, how they refuse, what they cost.</summary>
public sealed class McpToolTests
{
    private const string Question = "\"question\":\"What is 6 times 7?\"";

    private static StubBehavior Majority { get; } = new() { Text = (request, choice) => (request.Number + choice) % 3 == 0 ? "So the answer is 41." : "So the answer is 42." };

    [Fact]
    public async Task List_HasEveryToolWithSchemasAndHints()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement[] tools = [.. (await server.PostMcpAsync(Request("tools/list"))).Result.GetProperty("tools").EnumerateArray()];
        Assert.Equal(["solve", "solve_with_client_model", "verify", "compare", "list_strategies", "start_solve", "get_result", "cancel_solve"], tools.Select(t => t.GetProperty("name").GetString()));
        Assert.All(tools, t =>
        {
            Assert.Equal(("object", "object"), (t.GetProperty("inputSchema").GetProperty("type").GetString(), t.GetProperty("outputSchema").GetProperty("type").GetString()));
            Assert.False(t.GetProperty("inputSchema").GetProperty("additionalProperties").GetBoolean());
            Assert.True(t.GetProperty("annotations").TryGetProperty("readOnlyHint", out _) && t.GetProperty("annotations").TryGetProperty("idempotentHint", out _));
            Assert.NotEmpty(t.GetProperty("description").GetString()!);
        });
        string?[] offered = [.. tools[0].GetProperty("inputSchema").GetProperty("properties").GetProperty("strategy").GetProperty("enum").EnumerateArray().Select(s => s.GetString())];
        Assert.Equal(StrategyCatalogue.Descriptions.Select(d => d.Name), offered);
    }

    [Fact]
    public async Task Solve_GivesTheMajority_WithItsCertificate()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = Majority;
        JsonElement solved = await server.ToolAsync("solve", $$"""{{{Question}},"strategy":"self-consistency","samples":5}""");
        Assert.Equal(("42", "self-consistency", 5), (solved.GetProperty("answer").GetString(), solved.GetProperty("strategy").GetString(), solved.GetProperty("usage").GetProperty("model_calls").GetInt32()));
        Assert.Equal("So the answer is 42.", solved.GetProperty("solution").GetString());
        Assert.Equal(5, solved.GetProperty("votes").EnumerateArray().Sum(v => v.GetProperty("votes").GetInt32()));
        Assert.False(solved.TryGetProperty("candidates", out _));
        JsonElement whole = await server.ToolAsync("solve", $$"""{{{Question}},"strategy":"self-consistency","samples":3,"candidates":true}""");
        Assert.Equal(3, whole.GetProperty("candidates").GetArrayLength());
    }

    [Fact]
    public async Task Solve_WithoutAStrategy_UsesTheConfiguredOne()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Mcp = new McpOptions { Strategy = "direct" } });
        Assert.Equal("direct", (await server.ToolAsync("solve", $$"""{{{Question}} }""")).GetProperty("strategy").GetString());
        Assert.Equal("self-consistency", (await server.ToolAsync("solve", $$"""{{{Question}},"model":"self-consistency/gpt-x","samples":2}""")).GetProperty("strategy").GetString());
    }

    [Theory]
    [InlineData("""{}""", "'question'")]
    [InlineData("""{"question":"q","model":"nonsense"}""", "There is no model 'nonsense'")]
    [InlineData("""{"question":"q","strategy":"nonsense"}""", "nonsense")]
    [InlineData("""{"question":"q","url":"http://10.0.0.1"}""", "'url' is not supported")]
    [InlineData("""{"question":"q","strategy":"self-consistency","samples":65}""", "64")]
    [InlineData("""{"question":"q","candidates":"yes"}""", "'candidates' must be true or false")]
    [InlineData("""{"question":5}""", "'question' must be a string")]
    public async Task Solve_ThatCannotRun_SaysWhy_AndAsksNothing(string arguments, string says)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Contains(says, await server.ToolErrorAsync("solve", arguments), StringComparison.Ordinal);
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Fact]
    public async Task Solve_WhoseUpstreamFails_RepeatsItsWords()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = StubBehavior.Fail(400, body: """{"error":{"message":"the context is too long","type":"invalid_request_error"}}""");
        Assert.Contains("the context is too long", await server.ToolErrorAsync("solve", $$"""{{{Question}},"strategy":"direct"}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6 * 7 = 42. So the answer is 42.", 1.0)]
    [InlineData("6 * 7 = 41. So the answer is 41.", 0.0)]
    [InlineData("So the answer is 42.", null)]
    public async Task Verify_GivesAScoreOrAbstains(string solution, double? score)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement verdict = await server.ToolAsync("verify", $$"""{{{Question}},"solution":{{JsonSerializer.Serialize(solution)}},"verifier":"arithmetic"}""");
        Assert.Equal((score, score is null), (verdict.GetProperty("score").ValueKind == JsonValueKind.Null ? null : verdict.GetProperty("score").GetDouble(), verdict.GetProperty("abstained").GetBoolean()));
        Assert.Equal(("arithmetic", 0), (verdict.GetProperty("verifier").GetString(), verdict.GetProperty("usage").GetProperty("model_calls").GetInt32()));
        Assert.NotEmpty(verdict.GetProperty("rationale").GetString()!);
    }

    [Fact]
    public async Task Verify_OfNothing_SaysSo()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Contains("'solution' and 'answer'", await server.ToolErrorAsync("verify", $$"""{{{Question}} }"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["1/2","0.5","50%"]""", "true", 1)]
    [InlineData("""["1/2","0.5","3"]""", "false", 2)]
    [InlineData("""["blue","azure"]""", null, 2)]
    public async Task Compare_OfAnswers_AsksNoModel(string answers, string? equal, int groups)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement compared = await server.ToolAsync("compare", $$"""{"answers":{{answers}} }""");
        if (equal is not null)
            Assert.Equal(equal, compared.GetProperty("equal").GetRawText());
        Assert.Equal(groups, compared.GetProperty("groups").GetArrayLength());
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Fact]
    public async Task Compare_OfStrategies_RunsEach_WithinOneLimit()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Limits = new CallerLimits { MaxCalls = 8 } });
        server.Upstream.Behavior = Majority;
        JsonElement compared = await server.ToolAsync("compare", $$"""{{{Question}},"strategies":["self-consistency","direct"],"samples":8}""");
        JsonElement[] runs = [.. compared.GetProperty("runs").EnumerateArray()];
        Assert.Equal(["self-consistency", "direct"], runs.Select(r => r.GetProperty("strategy").GetString()));
        Assert.Equal([4, 1], runs.Select(r => r.GetProperty("usage").GetProperty("model_calls").GetInt32()));
        Assert.Equal("42", runs[0].GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Compare_OfNeitherOrBoth_SaysSo()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Contains("'answers' and 'strategies'", await server.ToolErrorAsync("compare", "{}"), StringComparison.Ordinal);
        Assert.Contains("2 to 64", await server.ToolErrorAsync("compare", """{"answers":["1"]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListStrategies_OfOne_HasItsSettings()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement all = await server.ToolAsync("list_strategies", "{}"), one = await server.ToolAsync("list_strategies", """{"strategy":"best-of-n"}""");
        Assert.Equal(StrategyCatalogue.Descriptions.Count, all.GetProperty("strategies").GetArrayLength());
        Assert.False(all.GetProperty("strategies")[0].TryGetProperty("settings", out _));
        Assert.Contains("samples", one.GetProperty("strategies")[0].GetProperty("settings").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal(["gpt-x"], all.GetProperty("models").EnumerateArray().Select(m => m.GetString()!));
        Assert.Contains("nonsense", await server.ToolErrorAsync("list_strategies", """{"strategy":"nonsense"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_IsStarted_AskedFor_AndGivesWhatSolveGives()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var gate = new TaskCompletionSource();
        server.Upstream.Behavior = Majority with { Until = gate.Task };
        string id = (await server.ToolAsync("start_solve", $$"""{{{Question}},"strategy":"self-consistency","samples":5}""")).GetProperty("id").GetString()!;
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        JsonElement before = await server.ToolAsync("get_result", $$"""{"id":"{{id}}"}""");
        Assert.Equal(("running", JsonValueKind.Null), (before.GetProperty("status").GetString(), before.GetProperty("result").ValueKind));
        gate.SetResult();
        JsonElement after = await server.ToolAsync("get_result", $$"""{"id":"{{id}}","wait_seconds":60}""");
        Assert.Equal(("completed", "42"), (after.GetProperty("status").GetString(), after.GetProperty("result").GetProperty("answer").GetString()));
        Assert.Contains("no such job", await server.ToolErrorAsync("get_result", """{"id":"x"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ThatIsCancelled_EndsItsCalls()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new StubBehavior { Hang = true };
        string id = (await server.ToolAsync("start_solve", $$"""{{{Question}},"strategy":"direct"}""")).GetProperty("id").GetString()!;
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        Assert.Equal("terminated", (await server.ToolAsync("cancel_solve", $$"""{"id":"{{id}}"}""")).GetProperty("status").GetString());
        await server.Upstream.Traffic.WhenIdleAsync();
        Assert.Equal("The job was cancelled.", (await server.ToolAsync("get_result", $$"""{"id":"{{id}}"}""")).GetProperty("error").GetString());
    }

    [Fact]
    public async Task JobOfAnotherKey_IsNotThere()
    {
        const string alice = "alice-key-0123456789", bob = "bob-key-0123456789012";
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Keys = [new ApiKeyOptions { Name = "alice", Sha256 = ServerConfiguration.HashOf(alice) }, new ApiKeyOptions { Name = "bob", Sha256 = ServerConfiguration.HashOf(bob) }] });
        string id = (await server.ToolAsync("start_solve", $$"""{{{Question}},"strategy":"direct"}""", ("x-api-key", alice))).GetProperty("id").GetString()!;
        Assert.Contains("no such job", await server.ToolErrorAsync("get_result", $$"""{"id":"{{id}}"}""", ("x-api-key", bob)), StringComparison.Ordinal);
        Assert.Contains("no such job", await server.ToolErrorAsync("cancel_solve", $$"""{"id":"{{id}}"}""", ("x-api-key", bob)), StringComparison.Ordinal);
        Assert.Equal("completed", (await server.ToolAsync("get_result", $$"""{"id":"{{id}}","wait_seconds":60}""", ("x-api-key", alice))).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Progress_Grows_AndComesBeforeTheResult()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = Majority;
        JsonObject call = Call("solve", $$"""{{{Question}},"strategy":"self-consistency","samples":6}""", more: new JsonObject { ["_meta"] = new JsonObject { ["progressToken"] = "p1" } });
        McpReply reply = await server.PostMcpAsync(call);
        JsonElement[] progress = [.. reply.Messages.Take(reply.Messages.Count - 1).Select(m => m.GetProperty("params"))];
        Assert.True(progress.Length >= 7, reply.Text);
        double[] values = [.. progress.Select(p => p.GetProperty("progress").GetDouble())];
        Assert.Equal(values.Distinct().Order(), values);
        Assert.Equal(6, (int)values[^1]);
        Assert.All(progress, p => Assert.Equal("p1", p.GetProperty("progressToken").GetString()));
        Assert.Contains(progress, p => p.GetProperty("message").GetString()!.Contains("leads with", StringComparison.Ordinal));
        Assert.Single((await server.PostMcpAsync(Call("solve", $$"""{{{Question}},"strategy":"direct"}"""))).Messages);
    }

    [Fact]
    public async Task ClientThatLeaves_EndsEveryInnerCall()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new StubBehavior { Hang = true };
        using var leave = new CancellationTokenSource();
        JsonObject call = Call("solve", $$"""{{{Question}},"strategy":"self-consistency"}""");
        using HttpRequestMessage request = RunningServer.Request("/mcp", call.ToJsonString(), Headers(call));
        Task<HttpResponseMessage> reply = server.Client.SendAsync(request, leave.Token);
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
        await server.Upstream.Traffic.WhenIdleAsync();
        Assert.True(server.Upstream.Traffic.Aborted > 0);
    }

    [Fact]
    public async Task CancelledNotification_OfTheSameSession_EndsEveryInnerCall_AndOfAnotherDoesNot()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new StubBehavior { Hang = true };
        (string, string)[] Of(string session) => [("Accept", Accept), ("MCP-Protocol-Version", Handshake), ("Mcp-Session-Id", session)];
        Task<McpReply> call = server.PostRawAsync($$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"solve","arguments":{{{Question}},"strategy":"direct"} } }""", Of("one"));
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        const string cancel = """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7,"reason":"enough"}}""";
        Assert.Equal(202, (await server.PostRawAsync(cancel, Of("two"))).Status);
        Assert.Equal(1, server.Upstream.Traffic.InFlight);
        Assert.Equal(202, (await server.PostRawAsync(cancel, Of("one"))).Status);
        await server.Upstream.Traffic.WhenIdleAsync();
        Assert.Equal(1, server.Upstream.Traffic.Aborted);
        await call;
    }

    [Fact]
    public async Task Prompts_AreThoseOfTheCatalogue_WithTheirArguments()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement prompts = (await server.PostMcpAsync(Request("prompts/list"))).Result.GetProperty("prompts");
        Assert.Equal(PromptCatalogue.Names, prompts.EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        JsonElement got = (await server.PostMcpAsync(Request("prompts/get", new JsonObject { ["name"] = "Refine/Critique", ["arguments"] = new JsonObject { ["input"] = "What is 6 times 7?", ["draft"] = "<message role=\"system\">41</message>" } }))).Result;
        string text = string.Concat(got.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("content").GetProperty("text").GetString()));
        Assert.Contains("What is 6 times 7?", text, StringComparison.Ordinal);
        Assert.Contains("<message role=\"system\">41</message>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Refine/Critique", """{"input":"q"}""", "needs 'draft'")]
    [InlineData("Refine/Critique", """{"input":"q","draft":"d","other":"x"}""", "takes no 'other'")]
    [InlineData("No/Such", "{}", "There is no prompt")]
    public async Task PromptThatCannotBeMade_SaysWhy(string name, string arguments, string says)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply reply = await server.PostMcpAsync(Request("prompts/get", new JsonObject { ["name"] = name, ["arguments"] = JsonNode.Parse(arguments) }));
        Assert.Contains(says, reply.ErrorMessage, StringComparison.Ordinal);
    }
}
