using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.OpenAI;

public sealed class IdempotencyTests
{
    private static readonly (string, string) Named = ("Idempotency-Key", "order-66");

    [Fact]
    public async Task SameKeyAndBody_IsOneRun_AlsoAfterARestart()
    {
        using var folder = new TestFolder();
        string body = RunningServer.Chat("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":4}");
        JsonElement first, second, third;
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        await using (RunningServer server = await RunningServer.StartAsync(o => o with { StateFolder = folder.Path }))
        {
            (_, first, _) = await server.PostAsync("/v1/chat/completions", body, Named);
            (_, second, _) = await server.PostAsync("/v1/chat/completions", body, Named);
            Assert.Equal(4, server.Upstream.Traffic.Requests.Count);
        }

        // The model's address is part of what a journal is of: a restart keeps it, so the second process must not need it.
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal(first.GetProperty("choices").ToString(), second.GetProperty("choices").ToString());

        ServerOptions Same(ServerOptions o) => o with { StateFolder = folder.Path, Models = new Dictionary<string, ServedModelOptions> { ["gpt-x"] = new() { Spec = $"openai:gpt-x@{upstream.Endpoint}" } } };
        await using (RunningServer before = await RunningServer.StartAsync(Same))
            (_, first, _) = await before.PostAsync("/v1/chat/completions", body, ("Idempotency-Key", "another"));
        int calls = upstream.Traffic.Requests.Count;
        await using (RunningServer after = await RunningServer.StartAsync(Same))
            (_, third, _) = await after.PostAsync("/v1/chat/completions", body, ("Idempotency-Key", "another"));
        Assert.Equal(calls, upstream.Traffic.Requests.Count);
        Assert.Equal(first.GetProperty("choices").ToString(), third.GetProperty("choices").ToString());
    }

    [Fact]
    public async Task SameKey_OtherBody_Is422()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"), Named);
        (int status, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "another"), Named);
        Assert.Equal((422, "idempotency_key_reused"), (status, body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Single(server.Upstream.Traffic.Requests);
    }

    [Fact]
    public async Task SameKey_WhileInWork_JoinsTheRun_AndOneClientMayLeave()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task };
        using var leave = new CancellationTokenSource();
        using HttpRequestMessage request = RunningServer.Request("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"), [Named]);
        Task<HttpResponseMessage> leaving = server.Client.SendAsync(request, leave.Token);
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        Task<(int Status, JsonElement, HttpResponseMessage)> staying = server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"), Named);
        Task<IReadOnlyList<string>> other = server.StreamAsync(RunningServer.Chat("gpt-x", "unrelated", "\"stream\":true"));
        await server.Upstream.Traffic.WhenReceivedAsync(2);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        release.SetResult();
        Assert.Equal(200, (await staying).Status);
        await other;
        Assert.InRange(server.Upstream.Traffic.Requests.Count(r => r.Prompt == "q"), 1, 2);
    }

    [Fact]
    public async Task FailedRun_IsTriedAgain()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = StubBehavior.Fail(503);
        Assert.Equal(502, (await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"), Named)).Status);
        server.Upstream.Behavior = StubBehavior.Default;
        Assert.Equal(200, (await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q"), Named)).Status);
    }
}
