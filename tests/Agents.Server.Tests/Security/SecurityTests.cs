using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Agents.Hosting.Telemetry;
using Agents.Testing;
using Microsoft.Data.Sqlite;

namespace Agents.Server.Tests.Security;

public sealed class SecurityTests
{
    private const string Key = "server-key-0123456789abcdef";

    private static ServerOptions WithKey(ServerOptions options, CallerLimits? limits = null) =>
        options with { Keys = [new ApiKeyOptions { Name = "alice", Sha256 = ServerConfiguration.HashOf(Key), Limits = limits }, new ApiKeyOptions { Name = "bob", Sha256 = ServerConfiguration.HashOf("other-key-0123456789abcdef") }] };

    [Theory]
    [InlineData("missing_api_key", null, null)]
    [InlineData("invalid_api_key", "Authorization", "Bearer server-key-0123456789abcdeX")]
    [InlineData("invalid_api_key", "Authorization", "Bearer server-key")]
    [InlineData("missing_api_key", "Authorization", "Bearer ")]
    [InlineData("missing_api_key", "Authorization", "Basic c2VydmVyLWtleS0wMTIzNDU2Nzg5YWJjZGVm")]
    [InlineData("invalid_api_key", "x-api-key", "nonsense")]
    public async Task WrongCredentials_Are401_OnEveryRouteButHealth(string code, string? header, string? value)
    {
        await using RunningServer server = await RunningServer.StartAsync(o => WithKey(o));
        (string, string)[] headers = header is null ? [] : [(header, value!)];
        foreach (string path in (string[])["/v1/models", "/api/reason", "/api/reason/x", "/v1/no-such-thing"])
        {
            (int status, JsonElement body) = await server.GetAsync(path, headers);
            string? said = body.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetString() : body.GetProperty("code").GetString();
            Assert.Equal((401, code), (status, said));
        }

        (int posted, _, HttpResponseMessage response) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"), headers);
        Assert.Equal((401, "Bearer"), (posted, response.Headers.WwwAuthenticate.ToString()));
        Assert.Empty(server.Upstream.Traffic.Requests);
        Assert.Equal(200, (await server.GetAsync("/healthz")).Status);
        Assert.Equal(200, (await server.GetAsync("/readyz")).Status);
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + Key)]
    [InlineData("x-api-key", Key)]
    public async Task RightCredentials_AreLetIn(string header, string value)
    {
        await using RunningServer server = await RunningServer.StartAsync(o => WithKey(o));
        Assert.Equal(200, (await server.GetAsync("/v1/models", (header, value))).Status);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://+:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://192.168.1.7:0")]
    [InlineData("http://example.com:0")]
    public void Bind_ToOtherMachines_WithoutKeys_IsRefused(string url)
    {
        var options = new ServerOptions { Urls = [url], Models = new Dictionary<string, ServedModelOptions> { ["m"] = new() { Spec = "openai:m@http://127.0.0.1:1/v1" } } };
        var e = Assert.Throws<ServerOptionsException>(() => ReasoningServer.Build(options, _ => null));
        Assert.Contains("no API key is configured", e.Message, StringComparison.Ordinal);
        ServerOptionsReview.Check(WithKey(options));
    }

    [Fact]
    public async Task ForeignHostOrOrigin_WithoutKeys_IsRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.Equal(403, (await server.GetAsync("/v1/models", ("Host", "rebound.example"))).Status);
        Assert.Equal(403, (await server.GetAsync("/v1/models", ("Origin", "https://evil.example"))).Status);
        Assert.Equal(200, (await server.GetAsync("/v1/models", ("Origin", "http://localhost:3000"))).Status);
    }

    [Fact]
    public async Task FormThatAPageCanPost_IsRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using var content = new StringContent(RunningServer.Chat("gpt-x", "q"), Encoding.UTF8, "text/plain");
        using HttpResponseMessage response = await server.Client.PostAsync("/v1/chat/completions", content);
        Assert.Equal(415, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OversizeBody_Is413(bool isChunked)
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { MaxBodyBytes = 4096 });
        using HttpRequestMessage request = RunningServer.Request("/v1/chat/completions", RunningServer.Chat("gpt-x", new string('x', 10_000)), []);
        request.Headers.TransferEncodingChunked = isChunked;
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        Assert.Equal(413, (int)response.StatusCode);
        Assert.Equal("request_too_large", JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task DeeplyNestedBody_Is400()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000);
        (int status, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q", $"\"metadata\":{deep}"));
        Assert.Equal((400, "invalid_json"), (status, body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("base_url")]
    [InlineData("api_base")]
    [InlineData("endpoint")]
    [InlineData("api_key")]
    [InlineData("extra_headers")]
    public async Task AddressOfAnUpstream_InTheBody_IsRefused_AndNeverCalled(string field)
    {
        await using StubModelServer elsewhere = await StubModelServer.StartAsync();
        await using RunningServer server = await RunningServer.StartAsync();
        string target = JsonSerializer.Serialize(elsewhere.Endpoint.ToString());
        (int status, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q", $"\"{field}\":{target}"));
        Assert.Equal((400, field), (status, body.GetProperty("error").GetProperty("param").GetString()));
        (int inReasoning, _, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q", $$""" "reasoning":{"strategy":"direct","{{field}}":{{target}}} """));
        (int job, _, _) = await server.PostAsync("/api/reason", $$"""{"question":"q","{{field}}":{{target}}}""");
        Assert.Equal((400, 400), (inReasoning, job));
        Assert.Empty(elsewhere.Traffic.Requests);
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Theory]
    [InlineData("openai:gpt-x@{0}")]
    [InlineData("self-consistency/openai:gpt-x@{0}")]
    [InlineData("gpt-x@{0}")]
    [InlineData("embedded:/etc")]
    public async Task ModelSpec_AsAModelId_IsNoModel(string model)
    {
        await using StubModelServer elsewhere = await StubModelServer.StartAsync();
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, _, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat(string.Format(null, model, elsewhere.Endpoint), "q"));
        Assert.Equal(404, status);
        Assert.Empty(elsewhere.Traffic.Requests);
    }

    [Fact]
    public async Task HeaderThatRedirects_IsPassedOver()
    {
        await using StubModelServer elsewhere = await StubModelServer.StartAsync();
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, _, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"),
            ("X-ITS-Endpoint", elsewhere.Endpoint.ToString()), ("X-Base-Url", elsewhere.Endpoint.ToString()), ("X-Forwarded-Host", elsewhere.Endpoint.Authority));
        Assert.Equal(200, status);
        Assert.Empty(elsewhere.Traffic.Requests);
        Assert.Single(server.Upstream.Traffic.Requests);
    }

    [Theory]
    [InlineData("<optillm_approach>mcts</optillm_approach> What is 2+2?")]
    [InlineData("reasoning: {\"strategy\":\"self-consistency\",\"samples\":64}")]
    [InlineData("model: debate/gpt-x")]
    public async Task StrategyNamedInAMessage_IsText(string text)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.ChatAsync("gpt-x", text);
        string said = JsonSerializer.Serialize(text);
        (int status, _, _) = await server.PostAsync("/v1/responses", $$"""{"model":"gpt-x","input":{{said}},"instructions":{{said}},"metadata":{"reasoning":{{said}}} }""");
        Assert.Equal((200, 2), (status, server.Upstream.Traffic.Requests.Count));
        Assert.All(server.Upstream.Traffic.Requests, r => Assert.Equal(text, r.Prompt));
    }

    [Fact]
    public async Task Limits_OfTheKey_Hold()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => WithKey(o, new CallerLimits { MaxSamples = 6, MaxCalls = 4, MaxConcurrency = 1 }));
        (string, string) alice = ("x-api-key", Key);
        (int tooMany, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":7}"), alice);
        Assert.Equal((400, "limit_exceeded"), (tooMany, body.GetProperty("error").GetProperty("code").GetString()));
        (int n, _, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q", "\"n\":7"), alice);
        Assert.Equal(400, n);
        // Whatever a workflow asks for, the calls end where the key's do.
        (int workflow, _, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q", """ "reasoning":{"workflow":{"strategy":"self-consistency","samples":500}} """), alice);
        Assert.Equal((200, 4), (workflow, server.Upstream.Traffic.Requests.Count));

        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task };
        Task<(int Status, JsonElement, HttpResponseMessage)> first = server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"), alice);
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        (int second, JsonElement refused, HttpResponseMessage response) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"), alice);
        Assert.Equal((429, "concurrency"), (second, refused.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal("1", response.Headers.GetValues("Retry-After").Single());
        release.SetResult();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"), alice)).Status);
    }

    [Fact]
    public async Task TokensAMinute_Spent_Is429_UntilTheMinuteIsOver()
    {
        var clock = new ManualClock();
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Limits = new CallerLimits { TokensPerMinute = 10 } }, time: clock);
        Assert.Equal(200, (await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "one two three four five six seven"))).Status);
        (int status, _, HttpResponseMessage response) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"));
        Assert.Equal((429, "60"), (status, response.Headers.GetValues("Retry-After").Single()));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(200, (await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"))).Status);
    }

    [Fact]
    public async Task CostAndTokens_OfOneRequest_AreLimited()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Limits = new CallerLimits { MaxCost = 0.000001m } });
        (int status, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("self-consistency/gpt-x", "q"));
        Assert.Equal((400, "budget_exhausted"), (status, body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Fact]
    public async Task Secrets_AreInNoLogSpanErrorOrRow()
    {
        const string Upstream = "sk-canary-upstream-4f1c9e7b2a";
        using var folder = new TestFolder();
        var spans = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                    spans.Add(span.Source.Name + string.Join(' ', span.TagObjects.Select(t => $"{t.Key}={t.Value}")) + span.DisplayName + string.Join(' ', span.Events.SelectMany(e => e.Tags)));
            },
        };
        ActivitySource.AddActivityListener(listener);
        var bodies = new StringBuilder();
        RecordedLog log;
        await using (RunningServer server = await RunningServer.StartAsync(o => WithKey(o) with { StateFolder = folder.Path }, name => name == "OPENAI_API_KEY" ? Upstream : null))
        {
            log = server.Log;
            // The upstream repeats the key that it was sent, as some do.
            server.Upstream.Script = r => r.Number == 1 ? null : StubBehavior.Fail(401, body: $$"""{"error":{"message":"Incorrect API key provided: {{r.Headers.GetValueOrDefault("Authorization")}}" } }""");
            foreach (string path in (string[])["/v1/chat/completions", "/api/reason", "/v1/responses"])
            {
                (string, string)[] headers = [("Authorization", "Bearer " + Key), ("Idempotency-Key", "of-" + path)];
                for (int i = 0; i < 2; i++)
                    bodies.Append((await server.PostAsync(path, path == "/v1/chat/completions" ? RunningServer.Chat("self-consistency/gpt-x", "q" + i) : path == "/v1/responses" ? $$"""{"model":"self-consistency/gpt-x","input":"q{{i}}","background":true}""" : $$"""{"question":"q{{i}}","strategy":"direct"}""", i == 0 ? [headers[0]] : headers)).Body);
            }

            bodies.Append((await server.PostAsync("/v1/chat/completions", "{oops", ("Authorization", "Bearer " + Key))).Body);
            bodies.Append((await server.GetAsync("/v1/models", ("x-api-key", Key + "wrong"))).Body);
            Assert.Contains(server.Upstream.Traffic.Requests, r => r.Headers["Authorization"].Contains(Upstream, StringComparison.Ordinal));
        }

        string rows = string.Concat(Directory.GetFiles(folder.Path, "*.db*").Select(f => Encoding.Latin1.GetString(File.ReadAllBytes(f))));
        SqliteConnection.ClearAllPools();
        Assert.Contains("q1", rows, StringComparison.Ordinal);
        lock (spans)
            Assert.All((string[])[ReasoningTelemetry.Name, "Microsoft.AspNetCore"], source => Assert.Contains(spans, s => s.StartsWith(source, StringComparison.Ordinal)));
        foreach (string secret in (string[])[Upstream, Key])
        {
            Assert.DoesNotContain(secret, string.Join('\n', log.Lines), StringComparison.Ordinal);
            lock (spans)
                Assert.DoesNotContain(secret, string.Join('\n', spans), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, bodies.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, rows, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Agents:Keys:0:Sha256", """{"Agents":{"Keys":[{"Name":"a","Sha256":"not-hashed"}]}}""")]
    [InlineData("Agents:Limits:MaxSamples", """{"Agents":{"Limits":{"MaxSamples":0}}}""")]
    [InlineData("'Modles'", """{"Agents":{"Modles":{}}}""")]
    [InlineData("which is no name among", """{"Agents":{"Models":{"a":{"Spec":"embedded","Roles":{"judge":"b"}}}}}""")]
    public void Configuration_ThatCannotBeUsed_SaysWhere(string said, string json)
    {
        using var folder = new TestFolder();
        string file = Path.Combine(folder.Path, "agents.json");
        File.WriteAllText(file, json);
        var e = Assert.Throws<ServerOptionsException>(() => ServerOptionsReview.Check(ServerConfiguration.Read(file, [], new Dictionary<string, string> { ["m"] = "openai:m@http://127.0.0.1:1/v1" }, _ => null)));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }
}
