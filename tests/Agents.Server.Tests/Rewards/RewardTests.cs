using System.Text.Json;

namespace Agents.Server.Tests.Rewards;

public sealed class RewardTests
{
    private const string Items = """
        [{"id":1,"completion":"<think>6*7</think><answer>42</answer>","gold":"42","group":"a"},
         {"id":2,"completion":"<think>6*7</think><answer>41</answer>","gold":"42","group":"a"},
         {"id":3,"completion":"<think></think><answer>42</answer>","gold":"42","group":"b"}]
        """;

    [Fact]
    public async Task Batch_GetsTheRewards_InOrder_WithoutAModelCall()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync("/api/reward", $$"""{"items":{{Items}},"advantages":"grpo"}""");
        Assert.Equal(200, status);
        Assert.Equal([1.2, .2, 0], body.GetProperty("rewards").EnumerateArray().Select(r => r.GetDouble()));
        JsonElement[] items = [.. body.GetProperty("items").EnumerateArray()];
        Assert.Equal([.707107, -.707107, 0], items.Select(i => Math.Round(i.GetProperty("advantage").GetDouble(), 6)));
        Assert.Equal("empty_thinking", items[2].GetProperty("refused_for")[0].GetString());
        Assert.Equal(0, server.Upstream.Traffic.PeakInFlight);
    }

    [Fact]
    public async Task Batch_WithADocument_UsesIt()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync("/api/reward", """{"items":[{"question":"6*7?","completion":"<think><step>6*7=41</step></think><answer>41</answer>"}],"rewards":[{"reward":"verifier","verifier":"arithmetic"}]}""");
        Assert.Equal(200, status);
        Assert.True(body.GetProperty("rewards")[0].GetDouble() < .5);
    }

    [Fact]
    public async Task Batch_LengthWithinGroups_FavoursTheShorterRightOne()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string items = Items.Replace("<think>6*7</think><answer>41", "<think>6*7, slowly</think><answer>42", StringComparison.Ordinal);
        (int status, JsonElement body, _) = await server.PostAsync("/api/reward", $$"""{"items":{{items}},"rewards":[{"reward":"accuracy"},{"reward":"group-length","weight":0.5}]}""");
        Assert.Equal(200, status);
        Assert.Equal([1.25, .75, 0], body.GetProperty("rewards").EnumerateArray().Select(r => r.GetDouble()));
    }

    [Theory]
    [InlineData("""{}""", "items")]
    [InlineData("""{"items":[],"rewards":[{"reward":"unit-tests"}]}""", "no verifier that a request may name")]
    [InlineData("""{"items":[{"gold":"4"}]}""", "items[0]: \"completion\" is missing")]
    [InlineData("""{"items":[],"rewards":[{"reward":"acuracy"}]}""", "did you mean 'accuracy'")]
    [InlineData("""{"items":[],"rewards":[{"reward":"verifier","verifier":"llm-judge"}]}""", "no verifier that a request may name")]
    [InlineData("""{"items":[],"rewards":[{"reward":"verifier","verifier":"schema:/etc/passwd"}]}""", "no verifier that a request may name")]
    [InlineData("""{"items":[],"advantages":"ppo"}""", "dr-grpo")]
    [InlineData("""{"items":[],"reward":[]}""", "There is no parameter 'reward'")]
    public async Task BadBatch_IsRefused_WithWhatAndWhere(string request, string message)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync("/api/reward", request);
        Assert.Equal(400, status);
        Assert.Contains(message, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
