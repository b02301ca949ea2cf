using System.Text.Json;
using Agents.Server.OpenAI;
using Agents.Testing;

namespace Agents.Server.Tests.OpenAI;

public sealed class StructuredReplyTests
{
    private const string Format = """ "response_format":{"type":"json_schema","json_schema":{"name":"r","strict":true,"schema":{"type":"object","properties":{"city":{"type":"string"},"year":{"type":"integer"}},"required":["city","year"],"additionalProperties":false}}} """;

    private static Func<StubRequest, int, string> Says(params string[] texts)
    {
        int next = -1;
        return (_, _) => texts[Interlocked.Increment(ref next) % texts.Length];
    }

    [Fact]
    public async Task JsonSchema_FieldsVoteOneByOne_WhereNoSampleIsRightAltogether()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("""{"city":"Rome","year":1}""", """{"city":"Rome","year":2}""", """{"city":"Oslo","year":7}""", """{"city":"Bern","year":7}""", """{"city":"Rome","year":7.0}""", "no JSON at all") };
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", Format + ",\"reasoning\":{\"samples\":6}");
        JsonElement content = JsonElement.Parse(body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!);
        Assert.Equal(("Rome", 7), (content.GetProperty("city").GetString(), (int)content.GetProperty("year").GetDouble()));
        Assert.All(server.Upstream.Traffic.Requests, r => Assert.Equal("json_schema", r.Body.GetProperty("response_format").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task JsonSchema_BrokenByEveryReply_IsAnError_NotAnAnswer()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("""{"city":"Rome"}""") };
        foreach (string model in (string[])["gpt-x", "self-consistency/gpt-x"])
        {
            (int status, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat(model, "q", Format));
            Assert.Equal((422, "response_format_not_satisfied"), (status, body.GetProperty("error").GetProperty("code").GetString()));
            Assert.Contains("year", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task JsonObject_TakesTheJsonOutOfAFence()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("Here:\n```json\n{\"a\":1}\n```\n") };
        JsonElement body = await server.ChatAsync("gpt-x", "q", "\"response_format\":{\"type\":\"json_object\"}");
        Assert.Equal("""{"a":1}""", body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", """{"a":1.0}""", """{"a":2}""")]
    [InlineData("""{"a":{"b":[1,2],"c":true}}""", """{"a":{"b":[1,2],"c":false}}""", """{"a":{"b":[1,2],"c":true}}""", """{"a":{"b":[2],"c":true}}""")]
    [InlineData("""{"x":1}""", """{"x":1,"y":2}""", """{"x":1}""", """{"x":1,"z":3}""")]
    [InlineData("7", "7", "7", "{}")]
    public void Consensus_TakesEachFieldsPlurality(string expected, params string[] values) =>
        Assert.Equal(expected, JsonConsensus.Of([.. values.Select(v => JsonElement.Parse(v))])!.ToJsonString());

    [Fact]
    public async Task Tools_VoteByCallsWithEqualArguments_AndTheWinnersPassThrough()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string[] arguments = ["""{"a":1,"b":2}""", """{"a":9}""", """{ "b": 2, "a": 1.0 }"""];
        server.Upstream.Script = request => new StubBehavior
        {
            Body = $$$"""{"id":"x","object":"chat.completion","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_{{{request.Number}}}","type":"function","function":{"name":"add","arguments":{{{JsonSerializer.Serialize(arguments[(request.Number - 1) % 3])}}} } }]}}],"usage":{"prompt_tokens":5,"completion_tokens":5}}""",
        };
        const string Tools = """ "tools":[{"type":"function","function":{"name":"add","parameters":{"type":"object"}}}],"tool_choice":"auto" """;
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", Tools + ",\"reasoning\":{\"samples\":3}");
        JsonElement choice = body.GetProperty("choices")[0];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("content").ValueKind);
        JsonElement call = Assert.Single(choice.GetProperty("message").GetProperty("tool_calls").EnumerateArray());
        Assert.Equal(2, JsonElement.Parse(call.GetProperty("function").GetProperty("arguments").GetString()!).GetProperty("b").GetInt32());
        Assert.Equal(2, body.GetProperty("reasoning").GetProperty("votes")[0].GetProperty("votes").GetInt32());
        Assert.All(server.Upstream.Traffic.Requests, r => Assert.Equal("add", r.Body.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString()));

        IReadOnlyList<string> events = await server.StreamAsync(RunningServer.Chat("gpt-x", "q", "\"stream\":true," + Tools));
        JsonElement delta = events.SkipLast(1).Select(e => JsonElement.Parse(e).GetProperty("choices")[0].GetProperty("delta")).Single(d => d.TryGetProperty("tool_calls", out _));
        Assert.Equal(0, delta.GetProperty("tool_calls")[0].GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task Tools_WithAStrategyThatShowsCandidatesToAModel_AreRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("debate/gpt-x", "q", """ "tools":[{"type":"function","function":{"name":"f"}}] """));
        Assert.Equal((400, "tools"), (status, body.GetProperty("error").GetProperty("param").GetString()));
    }
}
