using System.Text.Json;
using Agents.Reasoning;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI.Tests;

public sealed class RequestBodyTests : StubTests
{
    [Fact]
    public async Task SampleAsync_EveryOption_IsOnTheWire()
    {
        await DrawAsync(1, new SampleOptions
        {
            Temperature = 0.7,
            TopP = 0.95,
            TopK = 40,
            MaxOutputTokens = 256,
            StopSequences = ["\n\n", "Q:"],
            LogProbabilities = true,
            TopLogProbabilities = 5,
            ResponseSchema = JsonElement.Parse("""{"type":"object"}"""),
            Extra = new Dictionary<string, JsonElement> { ["min_p"] = JsonElement.Parse("0.05"), ["top_p"] = JsonElement.Parse("0.5"), ["messages"] = JsonElement.Parse("[]") },
        });

        JsonElement expected = JsonElement.Parse("""
            {
              "model": "stub",
              "messages": [{"role": "user", "content": "What is 6 times 7?"}],
              "temperature": 0.7, "top_k": 40, "max_tokens": 256, "stop": ["\n\n", "Q:"], "seed": 1000,
              "logprobs": true, "top_logprobs": 5,
              "response_format": {"type": "json_schema", "json_schema": {"name": "reply", "strict": true, "schema": {"type": "object"}}},
              "min_p": 0.05, "top_p": 0.5
            }
            """);
        Assert.True(JsonElement.DeepEquals(expected, Traffic.Requests[0].Body), Traffic.Requests[0].Body.GetRawText());
    }

    [Fact]
    public async Task SampleAsync_NoOptions_SendsOnlyConversationAndSeed()
    {
        await DrawAsync(1);

        Assert.Equal(["messages", "model", "seed"], Traffic.Requests[0].Body.EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task SampleAsync_SeedNotDeclared_IsNotSent()
    {
        await DrawAsync(Factory.CreateSampler(Options with { Capabilities = SamplerCapabilities.None }), Batch(1));

        Assert.Null(Traffic.Requests[0].Seed);
    }

    [Fact]
    public async Task SampleAsync_ManyTurns_KeepRolesOrderAndTheUnfinishedTurn()
    {
        ChatMessage[] turns =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, "Hello"),
            new(ChatRole.Assistant, [new TextReasoningContent("They greet."), new TextContent("Hi. User: is a word I may use.")]),
            new(ChatRole.User, "Go on"),
            new(ChatRole.Assistant, "Well, "),
        ];
        var batch = new SampleBatch(turns, new SampleOptions { ContinueAssistant = true }, [new SampleRequest("k", 0, 1)]);

        await DrawAsync(Factory.CreateSampler(Options with { SendContinueFlags = true }), batch);

        StubRequest request = Assert.Single(Traffic.Requests);
        Assert.Equal([("system", "Be brief."), ("user", "Hello"), ("assistant", "Hi. User: is a word I may use."), ("user", "Go on"), ("assistant", "Well, ")], request.Messages);
        Assert.True(request.Body.GetProperty("continue_final_message").GetBoolean());
        Assert.False(request.Body.GetProperty("add_generation_prompt").GetBoolean());
    }

    [Fact]
    public async Task SampleAsync_AnImage_IsAPart()
    {
        var message = new ChatMessage(ChatRole.User, [new TextContent("What is this?"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]);

        await DrawAsync(Factory.CreateSampler(Options), new SampleBatch([message], SampleOptions.Default, [new SampleRequest("k", 0, 1)]));

        JsonElement content = Traffic.Requests[0].Body.GetProperty("messages")[0].GetProperty("content");
        Assert.Equal("data:image/png;base64,AQID", content[1].GetProperty("image_url").GetProperty("url").GetString());
    }

    [Theory]
    [InlineData("päth|solver|é#0")]
    [InlineData("line\nbreak")]
    [InlineData("")]
    public async Task SampleAsync_KeyThatNoHeaderCanCarry_IsSentAsItsHash(string key)
    {
        await DrawAsync(Factory.CreateSampler(Options), Batch(1) with { Requests = [new SampleRequest(key, 0, 1)] });

        Assert.Matches("^[0-9a-f]{64}$", Assert.Single(Traffic.Requests).IdempotencyKey);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(42, 42)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Fold_SmallSeed_StaysAsItIs(long seed, int expected) => Assert.Equal(expected, WireSeed.Fold(seed));

    [Fact]
    public void Fold_AnySeed_FitsEveryServer()
    {
        long[] seeds = [long.MinValue, -1, int.MinValue, 1L << 31, 1L << 40, (1L << 40) + 1, long.MaxValue];

        Assert.All(seeds, s => Assert.InRange(WireSeed.Fold(s), 0, int.MaxValue));
        Assert.Equal(seeds.Length, seeds.Select(WireSeed.Fold).Distinct().Count());
    }
}
