using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.Jobs;

public sealed class JobTests
{
    private static readonly (string, string) Async = ("Prefer", "respond-async");

    [Fact]
    public async Task Question_IsAnsweredAtOnce_WithItsCertificate()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, HttpResponseMessage response) = await server.PostAsync("/api/reason", """{"question":"What is 6 times 7?","strategy":"self-consistency","samples":5,"budget":{"calls":4},"seed":3}""");
        Assert.Equal(200, status);
        Assert.Equal(("self-consistency", "budget_calls", 4), (body.GetProperty("strategy").GetString(), body.GetProperty("stop_reason").GetString(), body.GetProperty("usage").GetProperty("model_calls").GetInt32()));
        Assert.NotEmpty(body.GetProperty("answer").GetString()!);
        Assert.NotEmpty(response.Headers.GetValues("x-job-id").Single());
    }

    [Fact]
    public async Task RespondAsync_Gives202_TheUrisOfDurableFunctions_AndTheResultLater()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task };
        (int status, JsonElement accepted, HttpResponseMessage response) = await server.PostAsync("/api/reason", """{"question":"q","workflow":{"strategy":"self-consistency","samples":3}}""", Async);
        Assert.Equal(202, status);
        Assert.Equal(accepted.GetProperty("statusQueryGetUri").GetString(), response.Headers.Location!.ToString());
        Assert.Equal("respond-async", response.Headers.GetValues("Preference-Applied").Single());
        string id = accepted.GetProperty("id").GetString()!;
        foreach (string name in (string[])["statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "purgeHistoryDeleteUri"])
            Assert.StartsWith($"{server.Address}api/reason/{id}", accepted.GetProperty(name).GetString(), StringComparison.Ordinal);

        await server.Upstream.Traffic.WhenInFlightAsync(3);
        (int running, JsonElement state) = await server.GetAsync($"/api/reason/{id}");
        Assert.Equal((202, "Running", id), (running, state.GetProperty("runtimeStatus").GetString(), state.GetProperty("instanceId").GetString()));
        Assert.Equal("q", state.GetProperty("input").GetProperty("question").GetString());

        Task<string> watching = EventsAsync(server, id);
        release.SetResult();
        string events = await watching;
        Assert.Contains("event: vote_changed", events, StringComparison.Ordinal);
        Assert.Contains("event: run_completed", events, StringComparison.Ordinal);
        Assert.Contains("event: status", events, StringComparison.Ordinal);
        (int done, JsonElement ended) = await server.GetAsync($"/api/reason/{id}");
        Assert.Equal((200, "Completed"), (done, ended.GetProperty("runtimeStatus").GetString()));
        Assert.Equal(3, ended.GetProperty("output").GetProperty("usage").GetProperty("model_calls").GetInt32());
        Assert.Equal(id, Assert.Single((await server.GetAsync("/api/reason")).Body.EnumerateArray()).GetProperty("instanceId").GetString());

        using HttpResponseMessage purged = await server.Client.DeleteAsync($"/api/reason/{id}");
        Assert.Equal(200, (int)purged.StatusCode);
        Assert.Equal(404, (await server.GetAsync($"/api/reason/{id}")).Status);
    }

    [Fact]
    public async Task Terminate_CancelsTheCalls()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Hang = true };
        (_, JsonElement accepted, _) = await server.PostAsync("/api/reason", """{"question":"q","strategy":"self-consistency","samples":4}""", Async);
        string id = accepted.GetProperty("id").GetString()!;
        await server.Upstream.Traffic.WhenInFlightAsync(4);
        Assert.Equal(409, (int)(await server.Client.DeleteAsync($"/api/reason/{id}")).StatusCode);
        Assert.Equal(202, (int)(await server.Client.PostAsync($"/api/reason/{id}/terminate?reason=enough", null)).StatusCode);
        await server.Upstream.Traffic.WhenIdleAsync();
        Assert.Equal("Terminated", (await server.GetAsync($"/api/reason/{id}")).Body.GetProperty("runtimeStatus").GetString());
        Assert.Equal(410, (int)(await server.Client.PostAsync($"/api/reason/{id}/terminate", null)).StatusCode);
        Assert.Equal(409, (int)(await server.Client.PostAsync($"/api/reason/{id}/raiseEvent/Approve", null)).StatusCode);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task ClientThatLeaves_EndsItsRun_ButNotABackgroundJob(string accept)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task };
        using var leave = new CancellationTokenSource();
        using HttpRequestMessage request = RunningServer.Request("/api/reason", """{"question":"foreground","strategy":"self-consistency","samples":4}""", [("Accept", accept)]);
        Task<HttpResponseMessage> waiting = server.Client.SendAsync(request, leave.Token);
        await server.Upstream.Traffic.WhenInFlightAsync(4);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await server.Upstream.Traffic.WhenIdleAsync();
        Assert.Equal(4, server.Upstream.Traffic.Aborted);

        (_, JsonElement accepted, _) = await server.PostAsync("/api/reason", """{"question":"background","strategy":"self-consistency","samples":4}""", Async);
        await server.Upstream.Traffic.WhenInFlightAsync(4);
        Task<string> events = EventsAsync(server, accepted.GetProperty("id").GetString()!);
        release.SetResult();
        Assert.Contains("\"runtimeStatus\":\"Completed\"", await events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongWork_BecomesABackgroundJob()
    {
        var clock = new ManualClock();
        await using RunningServer server = await RunningServer.StartAsync(o => o with { SyncSeconds = 45 }, time: clock);
        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task };
        Task<(int Status, JsonElement Body, HttpResponseMessage)> asking = server.PostAsync("/api/reason", """{"question":"q","strategy":"direct"}""");
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        await clock.WhenTimerAsync(t => t == TimeSpan.FromSeconds(45));
        clock.Advance(TimeSpan.FromSeconds(45));
        (int status, JsonElement accepted, _) = await asking;
        Assert.Equal(202, status);
        Task<string> events = EventsAsync(server, accepted.GetProperty("id").GetString()!);
        release.SetResult();
        Assert.Contains("\"runtimeStatus\":\"Completed\"", await events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventStream_OnPost_ShowsProgressLive()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpRequestMessage request = RunningServer.Request("/api/reason", """{"question":"q","strategy":"self-consistency","samples":2}""", [("Accept", "text/event-stream")]);
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        string events = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("event: run_started\nid: 1\ndata: {", events, StringComparison.Ordinal);
        Assert.Contains("\"runtimeStatus\":\"Completed\"", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobOfAnother_DoesNotExist()
    {
        static ApiKeyOptions Key(string name) => new() { Name = name, Sha256 = ServerConfiguration.HashOf("key-of-" + name) };
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Keys = [Key("alice"), Key("bob")] });
        (string, string) alice = ("x-api-key", "key-of-alice"), bob = ("x-api-key", "key-of-bob");
        (_, JsonElement accepted, _) = await server.PostAsync("/api/reason", """{"question":"q","strategy":"direct"}""", Async, alice);
        string path = $"/api/reason/{accepted.GetProperty("id").GetString()}";
        Assert.Equal(404, (await server.GetAsync(path, bob)).Status);
        Assert.Equal(404, (await server.PostAsync(path + "/terminate", "{}", bob)).Status);
        Assert.Equal(0, (await server.GetAsync("/api/reason", bob)).Body.GetArrayLength());
        Assert.NotEqual(404, (await server.GetAsync(path, alice)).Status);
    }

    [Fact]
    public async Task IdempotencyKey_NamesOneJob()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (string, string) named = ("Idempotency-Key", "k");
        (_, JsonElement first, _) = await server.PostAsync("/api/reason", """{"question":"q","strategy":"direct"}""", Async, named);
        (_, JsonElement second, _) = await server.PostAsync("/api/reason", """{"question":"q","strategy":"direct"}""", Async, named);
        (int status, _, _) = await server.PostAsync("/api/reason", """{"question":"other","strategy":"direct"}""", Async, named);
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal(422, status);
    }

    [Theory]
    [InlineData("question", "{}")]
    [InlineData("question", """{"question":" "}""")]
    [InlineData("reasoning.strategy", """{"question":"q","strategy":"nonsense"}""")]
    [InlineData("expect", """{"question":"q","expect":"poem"}""")]
    [InlineData("stop", """{"question":"q","stop":"x"}""")]
    [InlineData("settings.samples", """{"question":"q","strategy":"self-consistency","settings":{"samples":3}}""")]
    public async Task BadRequest_IsAProblemWithItsPlace(string param, string json)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, HttpResponseMessage response) = await server.PostAsync("/api/reason", json);
        Assert.Equal((400, param, "application/problem+json"), (status, body.GetProperty("param").GetString(), response.Content.Headers.ContentType?.MediaType));
    }

    private static async Task<string> EventsAsync(RunningServer server, string id) => await server.Client.GetStringAsync($"/api/reason/{id}/events");
}
