using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Agents.Testing;
using static Agents.Server.Tests.Mcp.McpMessages;

namespace Agents.Server.Tests.Mcp;

/// <summary>Reasoning with the client's own model, in rounds: the client is played by hand, so that it can also cheat.</summary>
public sealed class ClientModelTests
{
    private const string Tool = "solve_with_client_model";
    private const string Sampling = """{"sampling":{}}""";
    private const string Arguments = """{"question":"What is 6 times 7?","strategy":"self-consistency","samples":5}""";

    /// <summary>A call, or its next round.</summary>
    private static JsonObject Round(string arguments, string? state = null, JsonObject? responses = null)
    {
        var more = new JsonObject();
        if (state is not null)
            more["requestState"] = state;
        if (responses is not null)
            more["inputResponses"] = responses.DeepClone();
        return Call(Tool, arguments, Sampling, more: more);
    }

    private static JsonObject Said(string text) => new() { ["role"] = "assistant", ["model"] = "my-model", ["stopReason"] = "endTurn", ["content"] = new JsonObject { ["type"] = "text", ["text"] = text } };

    private static string[] Asked(McpReply reply) => [.. reply.Result.GetProperty("inputRequests").EnumerateObject().Select(r => r.Name)];

    private static string StateOf(McpReply reply) => reply.Result.GetProperty("requestState").GetString()!;

    /// <summary>Answers every request of a round: each third says 41, the others 42.</summary>
    private static JsonObject Majority(McpReply reply, int padding = 0) =>
        new(Asked(reply).Select((name, i) => KeyValuePair.Create<string, JsonNode?>(name, Said($"{Noise(padding, i)}So the answer is {(i % 3 == 2 ? 41 : 42)}."))));

    // Text that does not compress.
    private static string Noise(int length, int seed)
    {
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26))));
    }

    [Fact]
    public async Task IndependentCalls_AreOneRound_AndTheMajorityIsTheAnswer()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply first = await server.PostMcpAsync(Round(Arguments));
        Assert.Equal("input_required", first.Result.GetProperty("resultType").GetString());
        Assert.Equal(5, Asked(first).Distinct().Count());
        JsonElement request = first.Result.GetProperty("inputRequests").GetProperty(Asked(first)[0]);
        Assert.Equal("sampling/createMessage", request.GetProperty("method").GetString());
        Assert.Contains("What is 6 times 7?", request.GetProperty("params").GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(request.GetProperty("params").GetProperty("maxTokens").GetInt32() > 0);

        McpReply second = await server.PostMcpAsync(Round(Arguments, StateOf(first), Majority(first)));
        JsonElement solved = second.Result.GetProperty("structuredContent");
        Assert.Equal(("42", 1, 5), (solved.GetProperty("answer").GetString(), solved.GetProperty("rounds").GetInt32(), solved.GetProperty("usage").GetProperty("model_calls").GetInt32()));
        Assert.Equal(4, solved.GetProperty("votes")[0].GetProperty("votes").GetInt32());
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Fact]
    public async Task Rounds_AreTheCriticalPathOfTheStrategy()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        const string arguments = """{"question":"What is 6 times 7?","strategy":"universal-self-consistency","samples":3}""";
        McpReply samples = await server.PostMcpAsync(Round(arguments));
        Assert.Equal(3, Asked(samples).Length);
        McpReply selection = await server.PostMcpAsync(Round(arguments, StateOf(samples), Majority(samples)));
        string name = Assert.Single(Asked(selection));
        // The minority's answer, wherever it was put: only the second round can have decided for it.
        string shown = selection.Result.GetProperty("inputRequests").GetProperty(name).GetProperty("params").GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString()!;
        string number = Regex.Match(shown, @"Response (\d+):\s+So the answer is 41").Groups[1].Value;
        McpReply last = await server.PostMcpAsync(Round(arguments, StateOf(selection), new JsonObject { [name] = Said($"Most consistent response: {number}") }));
        JsonElement solved = last.Result.GetProperty("structuredContent");
        Assert.Equal(("41", 2, 4), (solved.GetProperty("answer").GetString(), solved.GetProperty("rounds").GetInt32(), solved.GetProperty("usage").GetProperty("model_calls").GetInt32()));
    }

    [Fact]
    public async Task PartOfARound_IsKept_AndTheRestAskedForAgain()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply first = await server.PostMcpAsync(Round(Arguments));
        string[] names = Asked(first);
        McpReply second = await server.PostMcpAsync(Round(Arguments, StateOf(first), new JsonObject { [names[3]] = Said("So the answer is 42."), [names[0]] = Said("So the answer is 42.") }));
        Assert.Equal([names[1], names[2], names[4]], Asked(second));
        McpReply again = await server.PostMcpAsync(Round(Arguments, StateOf(second)));
        Assert.Equal(Asked(second), Asked(again));
        McpReply third = await server.PostMcpAsync(Round(Arguments, StateOf(again), new JsonObject(Asked(again).Select(n => KeyValuePair.Create<string, JsonNode?>(n, Said("So the answer is 41."))))));
        Assert.Equal("41", third.Result.GetProperty("structuredContent").GetProperty("answer").GetString());
    }

    [Fact]
    public async Task ReplyThatCannotBeRead_IsASampleLess()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply first = await server.PostMcpAsync(Round(Arguments));
        JsonObject responses = Majority(first);
        responses[Asked(first)[0]] = new JsonObject { ["error"] = "the user said no" };
        responses[Asked(first)[1]] = "nonsense";
        McpReply second = await server.PostMcpAsync(Round(Arguments, StateOf(first), responses));
        JsonElement solved = second.Result.GetProperty("structuredContent");
        Assert.Equal(("42", 2), (solved.GetProperty("answer").GetString(), solved.GetProperty("usage").GetProperty("failed_calls").GetInt32()));
    }

    [Fact]
    public async Task ChangedState_IsRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply first = await server.PostMcpAsync(Round(Arguments));
        string state = StateOf(first);
        foreach (string changed in (string[])[Flip(state, 3), Flip(state, state.Length / 2), Flip(state, state.Length - 6), state[..^8], state + "AAAA", "", "nonsense", "not base64!"])
        {
            McpReply reply = await server.PostMcpAsync(Round(Arguments, changed, Majority(first)));
            Assert.True(reply.IsToolError, reply.Text);
            Assert.Contains("not one that this server gave, or was changed", reply.ToolText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task StateOfAnotherCall_IsRefused()
    {
        const string alice = "alice-key-0123456789", bob = "bob-key-0123456789012";
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Keys = [new ApiKeyOptions { Name = "alice", Sha256 = ServerConfiguration.HashOf(alice) }, new ApiKeyOptions { Name = "bob", Sha256 = ServerConfiguration.HashOf(bob) }] });
        McpReply first = await server.PostMcpAsync(Round(Arguments), ("x-api-key", alice));
        foreach ((string arguments, string key) in ((string, string)[])
        [
            (Arguments.Replace("6 times 7", "6 times 8", StringComparison.Ordinal), alice),
            (Arguments.Replace("\"samples\":5", "\"samples\":6", StringComparison.Ordinal), alice),
            (Arguments.Replace("self-consistency", "adaptive-consistency", StringComparison.Ordinal), alice),
            (Arguments.Replace("}", ",\"budget\":{\"calls\":9} }", StringComparison.Ordinal), alice),
            (Arguments, bob),
        ])
        {
            McpReply reply = await server.PostMcpAsync(Round(arguments, StateOf(first), Majority(first)), ("x-api-key", key));
            Assert.True(reply.IsToolError, reply.Text);
            Assert.Contains("belongs to another call", reply.ToolText, StringComparison.Ordinal);
        }

        Assert.False((await server.PostMcpAsync(Round(Arguments, StateOf(first), Majority(first)), ("x-api-key", alice))).IsToolError);
    }

    [Fact]
    public async Task StateThatExpired_IsRefused()
    {
        var clock = new ManualClock();
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Mcp = new McpOptions { StateSeconds = 60 } }, time: clock);
        McpReply first = await server.PostMcpAsync(Round(Arguments));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False((await server.PostMcpAsync(Round(Arguments, StateOf(first), Majority(first)))).IsToolError);
        clock.Advance(TimeSpan.FromSeconds(2));
        McpReply late = await server.PostMcpAsync(Round(Arguments, StateOf(first), Majority(first)));
        Assert.True(late.IsToolError, late.Text);
        Assert.Contains("expired 1 seconds ago", late.ToolText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplyThatWasNotAskedFor_IsNamed()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply first = await server.PostMcpAsync(Round(Arguments));
        JsonObject responses = Majority(first);
        responses["call-0000"] = Said("So the answer is 1.");
        McpReply reply = await server.PostMcpAsync(Round(Arguments, StateOf(first), responses));
        Assert.True(reply.IsToolError, reply.Text);
        Assert.Contains("'call-0000' was not asked for", reply.ToolText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StateThatIsTooLarge_IsRefused_WithWhatToDo()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Mcp = new McpOptions { MaxStateBytes = 4096 } });
        const string arguments = """{"question":"What is 6 times 7?","strategy":"best-of-n","samples":3,"settings":{"verifier":"llm-judge"} }""";
        McpReply first = await server.PostMcpAsync(Round(arguments));
        McpReply second = await server.PostMcpAsync(Round(arguments, StateOf(first), Majority(first, padding: 4000)));
        Assert.True(second.IsToolError, second.Text);
        Assert.Contains("4096 may travel", second.ToolText, StringComparison.Ordinal);
        Assert.Contains("'solve'", second.ToolText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoundsThatAreUsedUp_EndTheRunWithWhatItHas()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        const string arguments = """{"question":"What is 6 times 7?","strategy":"verified-consistency","samples":3,"settings":{"verifier":"llm-judge"},"max_rounds":1}""";
        McpReply first = await server.PostMcpAsync(Round(arguments));
        McpReply second = await server.PostMcpAsync(Round(arguments, StateOf(first), Majority(first)));
        JsonElement solved = second.Result.GetProperty("structuredContent");
        Assert.Equal("42", solved.GetProperty("answer").GetString());
        Assert.Contains(solved.GetProperty("notes").EnumerateArray(), n => n.GetString() == "Ended after 1 rounds, as many as this call allows.");
    }

    [Fact]
    public async Task ClientWithoutSampling_IsToldToUseSolve()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Contains("Use 'solve'", await server.ToolErrorAsync(Tool, Arguments), StringComparison.Ordinal);
        McpReply older = await server.PostRawAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{Tool}}","arguments":{{Arguments}} } }""", [("Accept", Accept), ("MCP-Protocol-Version", Handshake)]);
        Assert.True(older.IsToolError, older.Text);
        Assert.Contains("Use 'solve'", older.ToolText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"question":"q","model":"gpt-x"}""", "'model' cannot be named here")]
    [InlineData("""{"question":"q","strategy":"deepconf"}""", "log-probabilities")]
    [InlineData("""{"question":"q","max_rounds":0}""", "'max_rounds' must be 1")]
    public async Task WhatTheClientsModelCannotDo_IsRefused(string arguments, string says)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        McpReply reply = await server.PostMcpAsync(Round(arguments));
        Assert.True(reply.IsToolError, reply.Text);
        Assert.Contains(says, reply.ToolText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServersWithOneSigningKey_ShareRuns_AndOthersDoNot()
    {
        ServerOptions Signed(ServerOptions o, char key) => o with { Mcp = new McpOptions { SigningKey = new string(key, 32) } };
        await using RunningServer one = await RunningServer.StartAsync(o => Signed(o, 'a')), two = await RunningServer.StartAsync(o => Signed(o, 'a')), other = await RunningServer.StartAsync(o => Signed(o, 'b'));
        McpReply first = await one.PostMcpAsync(Round(Arguments));
        Assert.Equal("42", (await two.PostMcpAsync(Round(Arguments, StateOf(first), Majority(first)))).Result.GetProperty("structuredContent").GetProperty("answer").GetString());
        Assert.True((await other.PostMcpAsync(Round(Arguments, StateOf(first), Majority(first)))).IsToolError);
    }

    [Theory]
    [InlineData("SigningKey", "short")]
    [InlineData("Strategy", "nonsense")]
    [InlineData("AllowedOrigins", "https://host/path")]
    [InlineData("MaxRounds", "0")]
    public void OptionThatCannotBeUsed_IsNamed(string name, string value)
    {
        McpOptions mcp = name switch
        {
            "SigningKey" => new() { SigningKey = value },
            "Strategy" => new() { Strategy = value },
            "AllowedOrigins" => new() { AllowedOrigins = [value] },
            _ => new() { MaxRounds = 0 },
        };
        var options = new ServerOptions { Models = new Dictionary<string, ServedModelOptions> { ["m"] = new() { Spec = "openai:m@http://127.0.0.1:1/v1" } }, Mcp = mcp };
        Assert.Contains("Mcp:" + name, Assert.Throws<ServerOptionsException>(() => ReasoningServer.Build(options, _ => null)).Message, StringComparison.Ordinal);
    }

    private static string Flip(string text, int at) => text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
}
