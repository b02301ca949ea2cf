using System.Text.Json;
using Agents.Testing;

namespace Agents.Server.Tests.FaultChecks;

/// <summary>Faults that were found in other servers of this kind, each as a test that this one does not have it.</summary>
public sealed class PeerFaultTests
{
    private static Func<StubRequest, int, string> Says(params string[] texts)
    {
        int next = -1;
        return (_, _) => texts[Interlocked.Increment(ref next) % texts.Length];
    }

    private static string Content(JsonElement body) => body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    [Theory]
    [InlineData("gpt-x")]
    [InlineData("self-consistency/gpt-x")]
    [InlineData("best-of-n/gpt-x")]
    public async Task AnswerWithUserColon_IsNotCut(string model)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "The log says User: bob\nAssistant: hi. The answer is 7." };
        Assert.Equal("The log says User: bob\nAssistant: hi. The answer is 7.", Content(await server.ChatAsync(model, "q")));
    }

    [Theory]
    [InlineData("length")]
    [InlineData("stop")]
    public async Task FinishReason_IsTheSamplesOwn(string reason)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { FinishReason = reason };
        foreach (string model in (string[])["gpt-x", "zero-shot-cot/gpt-x"])
            Assert.Equal(reason, (await server.ChatAsync(model, "q")).GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task SamplingParameters_ReachEveryCall()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.ChatAsync("self-consistency/gpt-x", "q", "\"temperature\":0.3,\"top_p\":0.9,\"max_completion_tokens\":77,\"stop\":\"END\",\"seed\":1,\"reasoning\":{\"samples\":3}");
        Assert.All(server.Upstream.Traffic.Requests, r =>
        {
            Assert.Equal((0.3, 0.9), (r.Body.GetProperty("temperature").GetDouble(), r.Body.GetProperty("top_p").GetDouble()));
            Assert.Equal(["END"], r.Stop);
            Assert.True(r.Body.ToString().Contains("77", StringComparison.Ordinal));
            Assert.NotNull(r.Seed);
        });
        Assert.Equal(3, server.Upstream.Traffic.Requests.Select(r => r.Seed).Distinct().Count());
    }

    [Fact]
    public async Task Seed_MakesARunRepeatable()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement first = await server.ChatAsync("self-consistency/gpt-x", "q", "\"seed\":11,\"reasoning\":{\"samples\":4}");
        JsonElement second = await server.ChatAsync("self-consistency/gpt-x", "q", "\"seed\":11,\"reasoning\":{\"samples\":4}");
        Assert.Equal(first.GetProperty("choices").ToString(), second.GetProperty("choices").ToString());
        Assert.Equal(first.GetProperty("usage").ToString(), second.GetProperty("usage").ToString());
    }

    [Fact]
    public async Task SettingsOfOneRequest_DoNotReachTheNext()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.ChatAsync("self-consistency/gpt-x", "first", "\"reasoning\":{\"samples\":3},\"temperature\":0.11");
        await server.ChatAsync("self-consistency/gpt-x", "second", "\"reasoning\":{\"samples\":2}");
        StubRequest[] second = [.. server.Upstream.Traffic.Requests.Where(r => r.Prompt.Contains("second", StringComparison.Ordinal))];
        Assert.Equal(2, second.Length);
        Assert.All(second, r => Assert.NotEqual(0.11, r.Body.GetProperty("temperature").GetDouble()));
    }

    [Fact]
    public async Task OneFailureOfFive_KeepsTheFourThatArePaidFor()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Script = r => r.Number == 5 ? StubBehavior.Fail(429, "1") : null;
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":5}");
        Assert.Equal(4, body.GetProperty("reasoning").GetProperty("votes").EnumerateArray().Sum(v => v.GetProperty("votes").GetInt32()));
        Assert.Equal(1, body.GetProperty("reasoning").GetProperty("failed_calls").GetInt32());
    }

    [Theory]
    [InlineData(401, 502, "upstream_unauthorized")]
    [InlineData(429, 429, "upstream_rate_limited")]
    [InlineData(400, 400, "upstream_invalid_request")]
    [InlineData(404, 502, "upstream_model_not_found")]
    [InlineData(500, 502, "upstream_unavailable")]
    public async Task EveryCallFails_IsAnErrorOfItsKind_NeverA200(int upstream, int status, string code)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = StubBehavior.Fail(upstream);
        foreach (string model in (string[])["best-of-n/gpt-x", "gpt-x"])
        {
            (int answered, JsonElement body, HttpResponseMessage response) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat(model, "q"));
            Assert.Equal((status, code), (answered, body.GetProperty("error").GetProperty("code").GetString()));
            Assert.Contains($"stub refuses with {upstream}", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal(status == 429, response.Headers.Contains("Retry-After"));
        }
    }

    [Fact]
    public async Task ErrorText_CannotWinTheVote()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Script = r => r.Number <= 4 ? StubBehavior.ErrorInside : new() { Text = (_, _) => "The answer is 8." };
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":5}");
        Assert.Equal("The answer is 8.", Content(body));
    }

    [Fact]
    public async Task UpstreamThatIgnoresN_StillGivesEverySample()
    {
        await using StubModelServer upstream = await StubModelServer.StartAsync();
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Models = new Dictionary<string, ServedModelOptions> { ["gpt-x"] = new() { Spec = $"openai:gpt-x@{upstream.Endpoint}?n=on" } } });
        upstream.Behavior = new() { IgnoreN = true };
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":8}");
        Assert.Equal(8, body.GetProperty("reasoning").GetProperty("votes").EnumerateArray().Sum(v => v.GetProperty("votes").GetInt32()));
    }

    [Theory]
    [InlineData("self-consistency", 8)]
    [InlineData("best-of-n", 8)]
    [InlineData("debate", 3)]
    [InlineData("mixture", 3)]
    public async Task IndependentSamples_AreInFlightTogether(string strategy, int samples)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var release = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = release.Task };
        Task<JsonElement> asking = server.ChatAsync($"{strategy}/gpt-x", "q", $"\"reasoning\":{{\"samples\":{samples}}}");
        await server.Upstream.Traffic.WhenInFlightAsync(samples);
        release.SetResult();
        await asking;
    }

    [Fact]
    public async Task SimilarTextsWithAnotherAnswer_AreAnotherVote()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("We add the two and so the answer is 42.", "We add the two and so the answer is 41.", "Well: 42. The answer is 42.", "We add the two and so the answer is 41.", "By counting, the answer is 42.") };
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":5}");
        Assert.Equal("42", body.GetProperty("reasoning").GetProperty("answer").GetString());
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("1,234")]
    [InlineData("3.5")]
    [InlineData("3.14")]
    [InlineData("1/2")]
    public async Task Number_IsReadWhole(string number)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => $"Step by step. The answer is {number}." };
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":2}");
        Assert.Equal(number, body.GetProperty("reasoning").GetProperty("answer").GetString());
    }

    [Fact]
    public async Task SampleThatStatesNothing_Abstains_AndDoesNotVote()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = Says("", "", "The answer is 3.", "") };
        JsonElement body = await server.ChatAsync("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":4}");
        Assert.Equal("3", body.GetProperty("reasoning").GetProperty("answer").GetString());
        Assert.Equal(1, Assert.Single(body.GetProperty("reasoning").GetProperty("votes").EnumerateArray()).GetProperty("votes").GetInt32());
    }

    [Fact]
    public async Task IdenticalRequests_ReportTheSameUsage()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "The answer is 3." };
        string[] usages = new string[3];
        for (int i = 0; i < usages.Length; i++)
            usages[i] = (await server.ChatAsync("best-of-n/gpt-x", "q", "\"reasoning\":{\"samples\":4}")).GetProperty("usage").ToString();
        Assert.Single(usages.Distinct());
        Assert.True(JsonElement.Parse(usages[0]).GetProperty("prompt_tokens").GetInt64() > 0);
    }

    [Fact]
    public async Task UpstreamThatHangs_IsGivenUpAtTheTimeLimit()
    {
        var clock = new ManualClock();
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Limits = new CallerLimits { MaxSeconds = 20 } }, time: clock);
        server.Upstream.Behavior = new() { Hang = true };
        Task<(int Status, JsonElement Body, HttpResponseMessage)> asking = server.PostAsync("/v1/chat/completions", RunningServer.Chat("self-consistency/gpt-x", "q", "\"reasoning\":{\"samples\":2}"));
        await server.Upstream.Traffic.WhenInFlightAsync(2);
        await clock.WhenTimerAsync(t => t == TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(20));
        (int status, JsonElement body, _) = await asking;
        Assert.Equal((504, "budget_time"), (status, body.GetProperty("error").GetProperty("code").GetString()));
        await server.Upstream.Traffic.WhenIdleAsync();
    }

    [Theory]
    [InlineData("/configure")]
    [InlineData("/v1/configure")]
    [InlineData("/config")]
    public async Task NoEndpoint_ChangesTheConfiguration(string path)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, _, _) = await server.PostAsync(path, "{}");
        Assert.Equal(404, status);
    }
}
