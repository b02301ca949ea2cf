using System.Text;
using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.Responses;

public sealed class ResponseTests
{
    private const string Path = "/v1/responses";

    private static string Ask(string model, string input, string more = "") =>
        $$"""{"model":"{{model}}","input":{{JsonSerializer.Serialize(input)}}{{(more.Length > 0 ? "," + more : "")}}}""";

    private static async Task<JsonElement> CreateAsync(RunningServer server, string json)
    {
        (int status, JsonElement body, _) = await server.PostAsync(Path, json);
        Assert.True(status == 200, body.ToString());
        return body;
    }

    private static string TextOf(JsonElement response) =>
        response.GetProperty("output").EnumerateArray().Single(i => i.GetProperty("type").GetString() == "message").GetProperty("content")[0].GetProperty("text").GetString()!;

    private static async Task<(string Type, JsonElement Data)[]> StreamAsync(RunningServer server, string json)
    {
        using HttpRequestMessage request = RunningServer.Request(Path, json, []);
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        string[] blocks = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return [.. blocks.Where(b => !b.StartsWith(':')).Select(b => b.Split('\n')).Select(l => (l[0]["event: ".Length..], JsonElement.Parse(l[1]["data: ".Length..])))];
    }

    [Fact]
    public async Task Create_AnswersWithAMessage_ItsUsage_AndWhatWasAsked()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "The answer is 42." };
        JsonElement body = await CreateAsync(server, Ask("self-consistency/gpt-x", "What is 6 times 7?", "\"instructions\":\"Be brief.\",\"metadata\":{\"a\":\"b\"},\"temperature\":0.4,\"max_output_tokens\":99,\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"}"));
        Assert.StartsWith("resp_", body.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(("response", "completed", "self-consistency/gpt-x", "b"), (body.GetProperty("object").GetString(), body.GetProperty("status").GetString(), body.GetProperty("model").GetString(), body.GetProperty("metadata").GetProperty("a").GetString()));
        Assert.Equal("The answer is 42.", TextOf(body));
        Assert.Equal(("Be brief.", 0.4, 99, "low"), (body.GetProperty("instructions").GetString(), body.GetProperty("temperature").GetDouble(), body.GetProperty("max_output_tokens").GetInt32(), body.GetProperty("reasoning").GetProperty("effort").GetString()));
        Assert.Equal(4, body.GetProperty("certificate").GetProperty("model_calls").GetInt32());
        JsonElement usage = body.GetProperty("usage");
        Assert.Equal(server.Upstream.Traffic.Requests.Sum(r => r.Messages.Sum(m => StubReply.Tokens(m.Text).Count + 4L)), usage.GetProperty("input_tokens").GetInt64());
        Assert.Equal(16, usage.GetProperty("output_tokens").GetInt64());
        Assert.Equal(12, usage.GetProperty("output_tokens_details").GetProperty("reasoning_tokens").GetInt64());
        Assert.All(server.Upstream.Traffic.Requests, r => Assert.Contains(r.Messages, m => m.Role == "system" && m.Text.Contains("Be brief.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Stream_HasTheEventsOfTheApi_InTheirOrder_AndTheirPiecesAddUp()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        const string Reply = "Seven and three more make ten — always, on every day of the week and of the whole long year. The answer is 10.";
        server.Upstream.Behavior = new() { Text = (_, _) => Reply };
        (string Type, JsonElement Data)[] events = await StreamAsync(server, Ask("self-consistency/gpt-x", "q", "\"stream\":true,\"reasoning\":{\"samples\":3}"));
        string[] order =
        [
            "response.created", "response.in_progress",
            "response.output_item.added", "response.reasoning_summary_part.added", "response.reasoning_summary_text.delta", "response.reasoning_summary_text.done", "response.reasoning_summary_part.done", "response.output_item.done",
            "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.done", "response.content_part.done", "response.output_item.done",
            "response.completed",
        ];
        Assert.Equal(order, events.Select(e => e.Type).Where((t, i) => i == 0 || events[i - 1].Type != t));
        Assert.All(events, e => Assert.Equal(e.Type, e.Data.GetProperty("type").GetString()));
        Assert.Equal(Enumerable.Range(0, events.Length), events.Select(e => e.Data.GetProperty("sequence_number").GetInt32()));
        string[] pieces = [.. events.Where(e => e.Type == "response.output_text.delta").Select(e => e.Data.GetProperty("delta").GetString()!)];
        Assert.True(pieces.Length > 1);
        Assert.Equal(Reply, string.Concat(pieces));
        string summary = string.Concat(events.Where(e => e.Type == "response.reasoning_summary_text.delta").Select(e => e.Data.GetProperty("delta").GetString()));
        Assert.Contains("self-consistency: starting", summary, StringComparison.Ordinal);
        JsonElement last = events[^1].Data.GetProperty("response");
        Assert.Equal(Reply, TextOf(last));
        Assert.Equal(summary, last.GetProperty("output")[0].GetProperty("summary")[0].GetProperty("text").GetString());
        Assert.Equal(last.ToString(), (await server.GetAsync($"{Path}/{last.GetProperty("id").GetString()}")).Body.ToString());
    }

    [Fact]
    public async Task Stream_OfABareModel_PassesPiecesOn()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "one two three", Thinking = "hm" };
        (string Type, JsonElement Data)[] events = await StreamAsync(server, Ask("gpt-x", "q", "\"stream\":true"));
        Assert.Equal(["one", " two", " three"], events.Where(e => e.Type == "response.output_text.delta").Select(e => e.Data.GetProperty("delta").GetString()));
        Assert.Equal("hm", events.Single(e => e.Type == "response.reasoning_summary_text.delta").Data.GetProperty("delta").GetString());
        Assert.Equal("one two three", TextOf(events[^1].Data.GetProperty("response")));
    }

    [Fact]
    public async Task Stream_ThatFails_EndsWithAFailedResponse_WhichIsKept()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = StubBehavior.Fail(429);
        (string Type, JsonElement Data)[] events = await StreamAsync(server, Ask("self-consistency/gpt-x", "q", "\"stream\":true"));
        Assert.Equal("response.failed", events[^1].Type);
        JsonElement response = events[^1].Data.GetProperty("response");
        Assert.Equal(("failed", "rate_limit_exceeded"), (response.GetProperty("status").GetString(), response.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal("failed", (await server.GetAsync($"{Path}/{response.GetProperty("id").GetString()}")).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task PreviousResponse_GivesTheConversation_WithoutItsInstructions()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (r, _) => $"reply {r.Number}" };
        JsonElement first = await CreateAsync(server, Ask("gpt-x", "one", "\"instructions\":\"Only now.\""));
        JsonElement second = await CreateAsync(server, $$"""{"model":"gpt-x","previous_response_id":"{{first.GetProperty("id").GetString()}}","input":[{"role":"user","content":[{"type":"input_text","text":"two"}]}]}""");
        // A later response keeps its own copy of what came before.
        Assert.Equal(200, (int)(await server.Client.DeleteAsync($"{Path}/{first.GetProperty("id").GetString()}")).StatusCode);
        await CreateAsync(server, Ask("gpt-x", "three", $"\"previous_response_id\":\"{second.GetProperty("id").GetString()}\""));
        Assert.Equal([("user", "one"), ("assistant", "reply 1"), ("user", "two"), ("assistant", "reply 2"), ("user", "three")], server.Upstream.Traffic.Requests[^1].Messages);
        (int gone, JsonElement body, _) = await server.PostAsync(Path, Ask("gpt-x", "q", $"\"previous_response_id\":\"{first.GetProperty("id").GetString()}\""));
        Assert.Equal((400, "previous_response_not_found"), (gone, body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task OutputOfAResponse_CanBePutInAgain()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "The answer is 4.", Thinking = "two and two" };
        JsonElement first = await CreateAsync(server, Ask("gpt-x", "What is 2 and 2?"));
        await CreateAsync(server, $$"""{"model":"gpt-x","input":[{"role":"user","content":"What is 2 and 2?"},{{first.GetProperty("output").GetRawText()[1..^1]}},{"role":"user","content":"And 3?"}]}""");
        Assert.Equal([("user", "What is 2 and 2?"), ("assistant", "The answer is 4."), ("user", "And 3?")], server.Upstream.Traffic.Requests[^1].Messages);
    }

    [Fact]
    public async Task Background_IsQueued_AndAnswersLater()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task, Text = (_, _) => "The answer is 42." };
        JsonElement queued = await CreateAsync(server, Ask("self-consistency/gpt-x", "q", "\"background\":true,\"reasoning\":{\"samples\":3}"));
        Assert.Equal(("queued", true, 0), (queued.GetProperty("status").GetString(), queued.GetProperty("background").GetBoolean(), queued.GetProperty("output").GetArrayLength()));
        string path = $"{Path}/{queued.GetProperty("id").GetString()}";
        await server.Upstream.Traffic.WhenInFlightAsync(3);
        Assert.Equal("in_progress", (await server.GetAsync(path)).Body.GetProperty("status").GetString());
        Task<string> ended = server.Client.GetStringAsync($"/api/reason/{queued.GetProperty("id").GetString()!["resp_".Length..]}/events");
        release.SetResult();
        await ended;
        JsonElement done = (await server.GetAsync(path)).Body;
        Assert.Equal(("completed", "The answer is 42."), (done.GetProperty("status").GetString(), TextOf(done)));
    }

    [Fact]
    public async Task Background_GoesOnAfterARestart_WithoutRepeatingWhatIsJournaled()
    {
        using var folder = new TestFolder();
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        upstream.Script = r => r.Number >= 3 ? new() { Hang = true } : null;
        Dictionary<string, ServedModelOptions> models = new() { ["gpt-x"] = new() { Spec = $"openai:gpt-x@{upstream.Endpoint}?retries=0" } };
        string id;
        await using (RunningServer first = await RunningServer.StartAsync(o => o with { StateFolder = folder.Path, Models = models }))
        {
            // A mixture asks two proposers and then the aggregator, whose call hangs.
            id = (await CreateAsync(first, Ask("mixture/gpt-x", "q", "\"background\":true,\"reasoning\":{\"samples\":2,\"layers\":1}"))).GetProperty("id").GetString()!;
            await upstream.Traffic.WhenReceivedAsync(3);
        }

        upstream.Script = _ => null;
        await using RunningServer second = await RunningServer.StartAsync(o => o with { StateFolder = folder.Path, Models = models });
        await second.Client.GetStringAsync($"/api/reason/{id["resp_".Length..]}/events");
        JsonElement done = (await second.GetAsync($"{Path}/{id}")).Body;
        Assert.Equal(("completed", 3), (done.GetProperty("status").GetString(), done.GetProperty("certificate").GetProperty("model_calls").GetInt32()));
        Assert.Equal(4, upstream.Traffic.Requests.Count);
    }

    [Fact]
    public async Task Cancel_EndsTheCalls_AndOnlyOfABackgroundResponse()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement whole = await CreateAsync(server, Ask("gpt-x", "q"));
        (int status, JsonElement refused, _) = await server.PostAsync($"{Path}/{whole.GetProperty("id").GetString()}/cancel", "{}");
        Assert.Equal((400, "not_in_background"), (status, refused.GetProperty("error").GetProperty("code").GetString()));
        server.Upstream.Behavior = new() { Hang = true };
        JsonElement queued = await CreateAsync(server, Ask("self-consistency/gpt-x", "q", "\"background\":true,\"reasoning\":{\"samples\":4}"));
        await server.Upstream.Traffic.WhenInFlightAsync(4);
        (int cancelled, JsonElement body, _) = await server.PostAsync($"{Path}/{queued.GetProperty("id").GetString()}/cancel", "{}");
        Assert.Equal((200, "cancelled"), (cancelled, body.GetProperty("status").GetString()));
        await server.Upstream.Traffic.WhenIdleAsync();
    }

    [Fact]
    public async Task Background_ThatFails_IsAFailedResponse()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = StubBehavior.Fail(500);
        JsonElement queued = await CreateAsync(server, Ask("self-consistency/gpt-x", "q", "\"background\":true"));
        string id = queued.GetProperty("id").GetString()!;
        await server.Client.GetStringAsync($"/api/reason/{id["resp_".Length..]}/events");
        JsonElement failed = (await server.GetAsync($"{Path}/{id}")).Body;
        Assert.Equal(("failed", "server_error"), (failed.GetProperty("status").GetString(), failed.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task ReplyThatWasCut_IsIncomplete()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { FinishReason = "length" };
        JsonElement body = await CreateAsync(server, Ask("gpt-x", "q", "\"max_output_tokens\":16"));
        Assert.Equal(("incomplete", "max_output_tokens"), (body.GetProperty("status").GetString(), body.GetProperty("incomplete_details").GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task TextFormat_JsonSchema_VotesFieldByField()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        int next = -1;
        string[] says = ["""{"city":"Rome","year":1}""", """{"city":"Oslo","year":7}""", """{"city":"Rome","year":7}""", "no JSON"];
        server.Upstream.Behavior = new() { Text = (_, _) => says[Interlocked.Increment(ref next) % says.Length] };
        JsonElement body = await CreateAsync(server, Ask("self-consistency/gpt-x", "q", """ "reasoning":{"samples":4},"text":{"format":{"type":"json_schema","name":"r","schema":{"type":"object","properties":{"city":{"type":"string"},"year":{"type":"integer"}},"required":["city","year"]}}} """));
        Assert.Equal("""{"city":"Rome","year":7}""", TextOf(body));
        Assert.All(server.Upstream.Traffic.Requests, r => Assert.Equal("json_schema", r.Body.GetProperty("response_format").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task StoreFalse_KeepsNothing()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement body = await CreateAsync(server, Ask("gpt-x", "q", "\"store\":false"));
        Assert.Equal(404, (await server.GetAsync($"{Path}/{body.GetProperty("id").GetString()}")).Status);
    }

    [Fact]
    public async Task ResponseOfAnother_DoesNotExist()
    {
        static ApiKeyOptions Key(string name) => new() { Name = name, Sha256 = ServerConfiguration.HashOf("key-of-" + name) };
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Keys = [Key("alice"), Key("bob")] });
        (string, string) alice = ("x-api-key", "key-of-alice"), bob = ("x-api-key", "key-of-bob");
        (_, JsonElement body, _) = await server.PostAsync(Path, Ask("gpt-x", "q"), alice);
        string id = body.GetProperty("id").GetString()!;
        Assert.Equal((200, 404), ((await server.GetAsync($"{Path}/{id}", alice)).Status, (await server.GetAsync($"{Path}/{id}", bob)).Status));
        Assert.Equal(404, (await server.PostAsync($"{Path}/{id}/cancel", "{}", bob)).Status);
        Assert.Equal(400, (await server.PostAsync(Path, Ask("gpt-x", "q", $"\"previous_response_id\":\"{id}\""), bob)).Status);
    }

    [Fact]
    public async Task IdempotencyKey_NamesOneResponse()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (string, string) named = ("Idempotency-Key", "k");
        (_, JsonElement first, _) = await server.PostAsync(Path, Ask("gpt-x", "q"), named);
        (_, JsonElement second, _) = await server.PostAsync(Path, Ask("gpt-x", "q"), named);
        (int other, _, _) = await server.PostAsync(Path, Ask("gpt-x", "another"), named);
        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(422, other);
        Assert.Single(server.Upstream.Traffic.Requests);
    }

    [Fact]
    public async Task ClientThatLeaves_EndsItsCalls()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Hang = true };
        using var leave = new CancellationTokenSource();
        using var content = new StringContent(Ask("self-consistency/gpt-x", "q", "\"stream\":true,\"reasoning\":{\"samples\":4}"), Encoding.UTF8, "application/json");
        Task<HttpResponseMessage> sending = server.Client.PostAsync(Path, content, leave.Token);
        await server.Upstream.Traffic.WhenInFlightAsync(4);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await server.Upstream.Traffic.WhenIdleAsync();
    }
}
