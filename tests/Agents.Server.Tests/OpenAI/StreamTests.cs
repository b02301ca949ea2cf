using System.Text.Json;
using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Server.Tests.OpenAI;

public sealed class StreamTests
{
    [Fact]
    public async Task Stream_HasRoleThinkingAnswerFinishUsageDone_InThatOrder()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "Seven and three more make ten — always, on every day of the week and of the year. The answer is 10." };
        IReadOnlyList<string> events = await server.StreamAsync(RunningServer.Chat("self-consistency/gpt-x", "q", "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"reasoning\":{\"samples\":3}"));
        Assert.Equal("[DONE]", events[^1]);
        JsonElement[] chunks = [.. events.SkipLast(1).Select(e => JsonElement.Parse(e))];
        Assert.Equal("assistant", Delta(chunks[0]).GetProperty("role").GetString());
        Assert.Single(chunks.Select(c => c.GetProperty("id").GetString()).Distinct());
        Assert.All(chunks, c => Assert.Equal("chat.completion.chunk", c.GetProperty("object").GetString()));
        int[] thinking = Where(chunks, "reasoning_content");
        int[] content = Where(chunks[1..], "content");
        Assert.NotEmpty(thinking);
        Assert.True(content.Length > 1, "The answer comes in pieces.");
        Assert.True(thinking.Max() < content.Min() + 1);
        Assert.Equal("Seven and three more make ten — always, on every day of the week and of the year. The answer is 10.", string.Concat(content.Select(i => Delta(chunks[i + 1]).GetProperty("content").GetString())));
        Assert.Equal("stop", chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
        Assert.Equal(3, chunks[^2].GetProperty("reasoning").GetProperty("model_calls").GetInt32());
        Assert.True(chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt64() > 0);
    }

    [Fact]
    public async Task Stream_WithoutIncludeUsage_HasNoUsage()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        IReadOnlyList<string> events = await server.StreamAsync(RunningServer.Chat("gpt-x", "q", "\"stream\":true"));
        Assert.DoesNotContain(events, e => e.Contains("\"usage\"", StringComparison.Ordinal));
    }

    /// <summary>Every strategy there is.</summary>
    public static TheoryData<string> Strategies => [.. StrategyCatalogue.Descriptions.Select(d => d.Name)];

    public static TheoryData<string> Demanding => [.. StrategyCatalogue.Descriptions.Where(d => d.Needs != SolverNeeds.None).Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Demanding))]
    public async Task StrategyThatTheModelCannotServe_IsRefusedByNameBeforeAnyCall(string strategy)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpRequestMessage request = RunningServer.Request("/v1/chat/completions", RunningServer.Chat($"{strategy}/gpt-x", "What is 6 times 7?", "\"stream\":true"), []);
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"{strategy} needs a model that", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Stream_OfEveryStrategy_BeginsBeforeItsFirstCallReturns(string strategy)
    {
        await using RunningServer server = await RunningServer.StartCapableAsync();
        var answers = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = answers.Task, Text = (_, _) => "<answer>42</answer>" };
        using HttpRequestMessage request = RunningServer.Request("/v1/chat/completions", RunningServer.Chat($"{strategy}/gpt-x", "What is 6 times 7?", "\"stream\":true"), []);
        using HttpResponseMessage response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await server.Upstream.Traffic.WhenReceivedAsync(1);
        // No call has returned and none can: whatever is read here was sent before.
        string read = "";
        while (!read.Contains("reasoning_content", StringComparison.Ordinal))
            read += await reader.ReadLineAsync();
        answers.SetResult();
        string rest = await reader.ReadToEndAsync();
        Assert.EndsWith("data: [DONE]\n\n", rest, StringComparison.Ordinal);
        Assert.Contains("\"finish_reason\":\"stop\"", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BareModel_IsPassedOnPieceByPiece_AndItsParametersToo()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "one two three", Thinking = "hm", FinishReason = "length" };
        IReadOnlyList<string> events = await server.StreamAsync(RunningServer.Chat("gpt-x", "q", "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"temperature\":0.7,\"seed\":9,\"max_tokens\":50"));
        JsonElement[] chunks = [.. events.SkipLast(1).Select(e => JsonElement.Parse(e))];
        int[] content = Where(chunks[1..], "content");
        // The stub writes a token at a time: pieces of our own would be longer.
        Assert.Equal(["one", " two", " three"], content.Select(i => Delta(chunks[i + 1]).GetProperty("content").GetString()));
        Assert.Equal("hm", Delta(chunks[Where(chunks, "reasoning_content").Single()]).GetProperty("reasoning_content").GetString());
        Assert.Equal("length", chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        StubRequest sent = Assert.Single(server.Upstream.Traffic.Requests);
        Assert.Equal((true, 9, 0.7), (sent.IsStream, sent.Seed, sent.Body.GetProperty("temperature").GetDouble()));
        Assert.Equal(sent.Messages.Sum(m => StubReply.Tokens(m.Text).Count + 4L) + 3, chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt64());
    }

    [Fact]
    public async Task BareModel_ThatBreaksOff_EndsWithAnError()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { EndStreamEarly = true };
        IReadOnlyList<string> events = await server.StreamAsync(RunningServer.Chat("gpt-x", "q", "\"stream\":true"));
        Assert.True(JsonElement.Parse(events[^1]).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Silence_IsFilledWithComments()
    {
        var clock = new ManualClock();
        await using RunningServer server = await RunningServer.StartAsync(o => o with { HeartbeatSeconds = 10 }, time: clock);
        server.Upstream.Behavior = new() { Hang = true };
        using HttpRequestMessage request = RunningServer.Request("/v1/chat/completions", RunningServer.Chat("gpt-x", "q", "\"stream\":true"), []);
        using HttpResponseMessage response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await clock.WhenTimerAsync(t => t == TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(10));
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == ": keep-alive")
                return;
        }

        Assert.Fail("The stream ended without a comment.");
    }

    [Fact]
    public async Task Failure_InAStream_IsAnErrorObject()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = StubBehavior.Fail(503);
        IReadOnlyList<string> events = await server.StreamAsync(RunningServer.Chat("self-consistency/gpt-x", "q", "\"stream\":true"));
        JsonElement error = JsonElement.Parse(events[^1]).GetProperty("error");
        Assert.Equal("upstream_unavailable", error.GetProperty("code").GetString());
        Assert.DoesNotContain("[DONE]", events);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClientThatLeaves_CancelsEveryInnerCall(bool isStream)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Hang = true };
        using var leave = new CancellationTokenSource();
        using HttpRequestMessage request = RunningServer.Request("/v1/chat/completions", RunningServer.Chat("self-consistency/gpt-x", "q", $"\"stream\":{(isStream ? "true" : "false")},\"reasoning\":{{\"samples\":8}}"), []);
        Task<HttpResponseMessage> sending = server.Client.SendAsync(request, HttpCompletionOption.ResponseContentRead, leave.Token);
        await server.Upstream.Traffic.WhenInFlightAsync(8);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await server.Upstream.Traffic.WhenIdleAsync();
        Assert.Equal((0, 8), (server.Upstream.Traffic.InFlight, server.Upstream.Traffic.Aborted));
    }

    private static JsonElement Delta(JsonElement chunk) => chunk.GetProperty("choices")[0].GetProperty("delta");

    private static int[] Where(JsonElement[] chunks, string member) =>
        [.. chunks.Index().Where(c => c.Item.GetProperty("choices").GetArrayLength() > 0 && Delta(c.Item).TryGetProperty(member, out _)).Select(c => c.Index)];
}
