using Agents.Models.Embedded;
using Agents.Reasoning;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace Agents.Models.Onnx.Tests.Stock;

/// <summary>The real client of the package, on the embedded model's folder.</summary>
public sealed class StockOnnxChatClientTests : IDisposable
{
    private static readonly EmbeddedSampler twin = EmbeddedModel.Load(TestFolders.Embedded).CreateSampler();

    private readonly OnnxRuntimeGenAIChatClient stock = new(TestFolders.Embedded);

    public void Dispose() => stock.Dispose();

    [Fact]
    public async Task GetResponseAsync_Greedy_SaysWhatTheModelSaysAndNoTokenTwice()
    {
        using var client = new StockOnnxChatClient(stock);
        foreach (ChatMessage[] question in SamplerRuns.HeldOut.Take(20))
        {
            CallOutcome expected = (await twin.DrawAsync(question, SamplerRuns.Greedy with { MaxOutputTokens = 100 }, 1))[0];
            ChatResponse reply = await client.GetResponseAsync(question, new ChatOptions { Temperature = 0, MaxOutputTokens = 100 });

            Assert.Equal(expected.Text, reply.Text);
            Assert.Equal(expected.FinishReason, reply.FinishReason!.Value.Value);
            Assert.Equal(expected.Usage!.InputTokens, reply.Usage!.InputTokenCount);
        }
    }

    [Fact]
    public async Task GetResponseAsync_StockClientAlone_RepeatsItsLastToken()
    {
        // What the wrapper is for; if this fails, the package has been mended.
        string alone = (await stock.GetResponseAsync(SamplerRuns.HeldOut[0], new ChatOptions { MaxOutputTokens = 100 })).Text;

        Assert.EndsWith("</answer></answer>", alone, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public async Task GetResponseAsync_Cap_EndsWithLengthAfterSoManyTokens(int cap)
    {
        using var client = new StockOnnxChatClient(stock);

        ChatResponse reply = await client.GetResponseAsync(SamplerRuns.HeldOut[60], new ChatOptions { Temperature = 0, MaxOutputTokens = cap });

        Assert.Equal((await twin.DrawAsync(SamplerRuns.HeldOut[60], SamplerRuns.Greedy with { MaxOutputTokens = cap }, 1))[0].Text, reply.Text);
        Assert.Equal((ChatFinishReason.Length, (long)cap), (reply.FinishReason, reply.Usage!.OutputTokenCount));
    }

    [Fact]
    public async Task GetResponseAsync_StopAcrossTokens_EndsBeforeIt()
    {
        using var client = new StockOnnxChatClient(stock);
        string whole = (await client.GetResponseAsync(SamplerRuns.HeldOut[0], new ChatOptions { Temperature = 0, MaxOutputTokens = 100 })).Text;
        string stop = whole[11..14];

        ChatResponse reply = await client.GetResponseAsync(SamplerRuns.HeldOut[0], new ChatOptions { Temperature = 0, MaxOutputTokens = 100, StopSequences = [stop] });

        Assert.Equal(whole[..whole.IndexOf(stop, StringComparison.Ordinal)], reply.Text);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
    }

    [Fact]
    public async Task GetResponseAsync_TemperatureAlone_SamplesAndTakesSeedsOf64Bits()
    {
        using var client = new StockOnnxChatClient(stock);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (long seed = 0; seed < 6; seed++)
            texts.Add((await client.GetResponseAsync(SamplerRuns.HeldOut[60], Options(long.MaxValue - seed))).Text);

        Assert.Equal(6, texts.Count);
        Assert.Contains((await client.GetResponseAsync(SamplerRuns.HeldOut[60], Options(long.MaxValue))).Text, texts);

        static ChatOptions Options(long seed) => new() { Temperature = 20, MaxOutputTokens = 40, Seed = seed };
    }

    [Fact]
    public async Task AsSampler_64ParallelCalls_GetTheTextsOfOneCaller()
    {
        using var client = new StockOnnxChatClient(stock);
        ISampler sampler = client.AsSampler();
        SampleOptions options = SamplerRuns.Greedy with { MaxOutputTokens = 40 };
        ChatMessage[][] questions = [.. SamplerRuns.HeldOut.Take(8)];
        string[][] expected = [.. await Task.WhenAll(questions.Select(q => twin.TextsAsync(q, 1, options: options)))];

        string[][] got = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => sampler.TextsAsync(questions[i % 8], 1, options: options))));

        for (int i = 0; i < got.Length; i++)
            Assert.Equal(expected[i % 8], got[i]);
    }

    [Fact]
    public async Task GetResponseAsync_WhatTheClientWouldMisread_IsRefusedByName()
    {
        using var client = new StockOnnxChatClient(stock);
        foreach ((ChatOptions options, string name) in new[]
        {
            (new ChatOptions { PresencePenalty = 0.5f }, "PresencePenalty"), (new ChatOptions { FrequencyPenalty = 0.5f }, "FrequencyPenalty"),
            (new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] }, "Tools"), (new ChatOptions { ConversationId = "x" }, "ConversationId"),
        })
            Assert.Contains(name, (await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync("q", options))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_AnotherClient_IsRefused()
    {
        using OnnxChatClient ours = TestFolders.Model.CreateChatClient();

        Assert.Contains("OnnxChatClient is not the chat client of ONNX Runtime GenAI", Assert.Throws<ArgumentException>(() => new StockOnnxChatClient(ours)).Message, StringComparison.Ordinal);
    }
}
