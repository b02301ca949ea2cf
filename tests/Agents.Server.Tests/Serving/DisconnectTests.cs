using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Server.Tests.Serving;

/// <summary>Nobody pays for what nobody waits for: calls end with the client, and with the consensus that makes them needless.</summary>
public sealed class DisconnectTests
{
    /// <summary>Every strategy there is.</summary>
    public static TheoryData<string> Strategies => [.. StrategyCatalogue.Descriptions.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task ClientThatLeavesAStream_OfEveryStrategy_LeavesNoCallInFlight(string strategy)
    {
        await using RunningServer server = await RunningServer.StartCapableAsync();
        server.Upstream.Behavior = new() { Hang = true };
        await LeaveAsync(server, RunningServer.Request("/v1/chat/completions", RunningServer.Chat($"{strategy}/gpt-x", "What is 6 times 7?", "\"stream\":true"), []), 1);
    }

    [Theory]
    [InlineData("mixture", 4)]
    [InlineData("best-of-n", 5)]
    [InlineData("self-refine", 2)]
    public async Task ClientThatLeavesInALaterRound_LeavesNoCallInFlight(string strategy, int received)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        // The first round is answered; what comes of it hangs.
        server.Upstream.Script = r => r.Number < received ? null : new() { Hang = true };
        string more = strategy == "best-of-n" ? ",\"reasoning\":{\"samples\":4,\"verifier\":\"llm-judge\"}" : "";
        await LeaveAsync(server, RunningServer.Request("/v1/chat/completions", RunningServer.Chat($"{strategy}/gpt-x", "What is 6 times 7?", "\"stream\":true" + more), []), received);
    }

    [Theory]
    [InlineData("adaptive-consistency")]
    [InlineData("verified-consistency")]
    public async Task Consensus_EndsTheRun_AndTheCallsThatCannotChangeIt(string strategy)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        // Stages of 4, 4 and 8: two against two, then all agree, and in the last stage two calls never return. The others of that stage
        // are answered when all have come: a call given up before it was sent would not be counted.
        Task allCame = server.Upstream.Traffic.WhenReceivedAsync(16);
        server.Upstream.Script = r => r.Number <= 14
            ? new() { Text = (_, _) => r.Number <= 2 ? "The answer is 41." : "The answer is 42.", Until = r.Number > 8 ? allCame : null }
            : new() { Hang = true };
        JsonElement body = await server.ChatAsync($"{strategy}/gpt-x", "q", "\"reasoning\":{\"samples\":16}");
        await server.Upstream.Traffic.WhenIdleAsync();
        JsonElement reasoning = body.GetProperty("reasoning");
        Assert.Equal(("42", "consensus"), (reasoning.GetProperty("answer").GetString(), reasoning.GetProperty("stop_reason").GetString()));
        Assert.Equal((16, 2), (server.Upstream.Traffic.Requests.Count, server.Upstream.Traffic.Aborted));
    }

    private static async Task LeaveAsync(RunningServer server, HttpRequestMessage request, int received)
    {
        using var leave = new CancellationTokenSource();
        Task<HttpResponseMessage> sending = server.Client.SendAsync(request, HttpCompletionOption.ResponseContentRead, leave.Token);
        await server.Upstream.Traffic.WhenReceivedAsync(received);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await server.Upstream.Traffic.WhenIdleAsync();
        Assert.True(server.Upstream.Traffic.Aborted > 0);
        request.Dispose();
    }
}
