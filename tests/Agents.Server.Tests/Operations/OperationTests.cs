using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Agents.Hosting.Telemetry;
using Agents.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Agents.Server.Tests.Operations;

public sealed class OperationTests
{
    [Fact]
    public async Task Stop_LetsAnOpenStreamFinish_AndIsNotReadyMeanwhile()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task };
        using HttpRequestMessage request = RunningServer.Request("/v1/chat/completions", RunningServer.Chat("gpt-x", "q", "\"stream\":true"), []);
        using HttpResponseMessage response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        Task stopping = server.StopAsync();
        release.SetResult();
        string stream = await response.Content.ReadAsStringAsync();
        Assert.EndsWith("data: [DONE]\n\n", stream, StringComparison.Ordinal);
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => server.GetAsync("/readyz"));
    }

    [Fact]
    public async Task Spans_AreOneWorkflow_AStageBelow_AndACallBelowThat()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ReasoningTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        // Served under a name of its own, because other tests make spans at the same time.
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Models = new Dictionary<string, ServedModelOptions> { ["traced"] = new() { Spec = $"openai:gpt-x@{upstream.Endpoint}" } } });
        await server.ChatAsync("universal-self-consistency/traced", "a private question", "\"reasoning\":{\"samples\":3,\"selections\":1},\"temperature\":0.5");
        Activity[] own = [.. spans.Where(s => s.Tags.Any(t => t is { Key: "gen_ai.request.model", Value: "traced" }))];
        Activity root = Assert.Single(own, s => s.DisplayName == "invoke_workflow universal-self-consistency");
        Assert.Equal("invoke_workflow", root.GetTagItem("gen_ai.operation.name"));
        Activity[] stages = [.. spans.Where(s => s.ParentSpanId == root.SpanId && s.DisplayName.StartsWith("stage ", StringComparison.Ordinal))];
        Assert.Contains(stages, s => s.DisplayName == "stage sample");
        Activity[] calls = [.. own.Where(s => s.DisplayName == "chat traced")];
        Assert.True(calls.Length >= 2);
        Assert.All(calls, c => Assert.Contains(stages, s => s.SpanId == c.ParentSpanId));
        Assert.All(calls, c => Assert.Equal(("chat", "openai"), (c.GetTagItem("gen_ai.operation.name"), c.GetTagItem("gen_ai.provider.name"))));
        Assert.Equal(3, calls.Count(c => c.GetTagItem("gen_ai.request.temperature") is 0.5));
        Assert.Contains(calls, c => c.GetTagItem("gen_ai.usage.output_tokens") is > 0L);
        Assert.Single(spans.Where(s => s.TraceId == root.TraceId).Select(s => s.TraceId).Distinct());
        Assert.DoesNotContain(spans.Where(s => s.TraceId == root.TraceId).SelectMany(s => s.TagObjects), t => t.Value?.ToString()?.Contains("private question", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Otlp_GoesToTheConfiguredCollector()
    {
        var received = new ConcurrentDictionary<string, string>();
        var traces = new TaskCompletionSource();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication collector = builder.Build();
        collector.MapPost("/{**path}", async (HttpContext context, string path) =>
        {
            using var bytes = new MemoryStream();
            await context.Request.Body.CopyToAsync(bytes);
            received[path] = Encoding.Latin1.GetString(bytes.ToArray());
            if (path == "v1/traces")
                traces.TrySetResult();
        });
        await collector.StartAsync();
        await using (RunningServer server = await RunningServer.StartAsync(o => o with { OtlpEndpoint = new Uri(collector.Urls.Single()) }))
            await server.ChatAsync("self-consistency/gpt-x", "q");
        // What is pending is sent when the server ends.
        await traces.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("invoke_workflow self-consistency", received["v1/traces"], StringComparison.Ordinal);
        Assert.Contains("chat gpt-x", received["v1/traces"], StringComparison.Ordinal);
        Assert.Contains("gen_ai.client.operation.duration", received["v1/metrics"], StringComparison.Ordinal);
        await collector.StopAsync();
    }

    [Fact]
    public async Task Log_HasOneLineARun_WithoutContent()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.ChatAsync("self-consistency/gpt-x", "a private question", "\"reasoning\":{\"samples\":3}");
        string line = Assert.Single(server.Log.Lines, l => l.Contains("RunService", StringComparison.Ordinal));
        Assert.Contains("self-consistency on gpt-x ended Completed after 3 calls", line, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Log.Lines, l => l.Contains("private question", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UnknownAddress_Is404_InTheShapeOfItsApi()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body) = await server.GetAsync("/v1/embeddings");
        Assert.Equal((404, "unknown_url"), (status, body.GetProperty("error").GetProperty("code").GetString()));
    }
}
