using Agents.Reasoning;

namespace Agents.Server.Tests.Serving;

/// <summary>What a strategy does is seen while it does it, at every endpoint that streams.</summary>
public sealed class FirstEventTests
{
    /// <summary>Every strategy there is.</summary>
    public static TheoryData<string> Strategies => [.. StrategyCatalogue.Descriptions.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Responses_ThinksAloud_BeforeItsFirstCallReturns(string strategy) => await StreamAsync(
        "/v1/responses", $$"""{"model":"{{strategy}}/gpt-x","input":"What is 6 times 7?","stream":true}""", "event: response.reasoning_summary_text.delta", "event: response.completed");

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Reason_SaysThatItStarted_BeforeItsFirstCallReturns(string strategy) => await StreamAsync(
        "/api/reason", $$"""{"question":"What is 6 times 7?","strategy":"{{strategy}}"}""", "event: run_started", "event: status");

    private static async Task StreamAsync(string path, string json, string first, string last)
    {
        await using RunningServer server = await RunningServer.StartCapableAsync();
        var answers = new TaskCompletionSource();
        server.Upstream.Behavior = new() { Until = answers.Task, Text = (_, _) => "<answer>42</answer>" };
        using HttpRequestMessage request = RunningServer.Request(path, json, [("Accept", "text/event-stream")]);
        using HttpResponseMessage response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await server.Upstream.Traffic.WhenReceivedAsync(1);
        // No call has returned and none can: whatever is read here was sent before.
        for (string? line = null; line != first;)
        {
            line = await reader.ReadLineAsync();
            Assert.True(line is not null, $"The stream ended without '{first}'.");
        }

        answers.SetResult();
        Assert.Contains(last, await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
