using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.Onnx.Tests;

public sealed class OnnxChatClientTests
{
    private static readonly ChatOptions options = new() { Seed = long.MaxValue, Temperature = 1, MaxOutputTokens = 30 };

    [Fact]
    public async Task GetStreamingResponseAsync_Seed_StreamsTokenByTokenWhatTheResponseHolds()
    {
        using OnnxChatClient client = TestFolders.Model.CreateChatClient();

        ChatResponse whole = await client.GetResponseAsync(SamplerRuns.HeldOut[0], options);
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(SamplerRuns.HeldOut[0], options))
            updates.Add(update);

        Assert.Equal(whole.Text, updates.ToChatResponse().Text);
        Assert.True(updates.Count > 10);
        Assert.Equal(whole.Usage!.InputTokenCount + whole.Usage.OutputTokenCount, whole.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task GetResponseAsync_TemperatureAlone_Samples()
    {
        using OnnxChatClient client = TestFolders.Model.CreateChatClient();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (int seed = 0; seed < 8; seed++)
            texts.Add((await client.GetResponseAsync("Tom", new ChatOptions { Seed = seed, Temperature = 2, MaxOutputTokens = 30 })).Text);

        Assert.Equal(8, texts.Count);
    }

    [Fact]
    public async Task GetResponseAsync_Instructions_AreASystemTurn()
    {
        using OnnxChatClient client = TestFolders.Model.CreateChatClient();

        string said = (await client.GetResponseAsync([new(ChatRole.System, "the"), new(ChatRole.User, "Tom")], options)).Text;

        Assert.Equal(said, (await client.GetResponseAsync("Tom", new ChatOptions { Seed = long.MaxValue, Temperature = 1, MaxOutputTokens = 30, Instructions = "the" })).Text);
    }

    [Fact]
    public async Task GetResponseAsync_ReaderLeavesEarly_FreesTheModel()
    {
        using OnnxChatClient client = TestFolders.Model.CreateChatClient();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Tom", new ChatOptions { Temperature = 50, Seed = 1 }))
        {
            Assert.NotNull(update);
            break;
        }

        Assert.NotEmpty((await client.GetResponseAsync(SamplerRuns.HeldOut[0], options)).Text);
    }

    [Fact]
    public async Task GetResponseAsync_Picture_IsRefused()
    {
        using OnnxChatClient client = TestFolders.Model.CreateChatClient();
        ChatMessage[] messages = [new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])];

        Assert.Contains("text only; message 1 holds DataContent", (await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync(messages))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetService_Sampler_IsTheModels()
    {
        using OnnxChatClient client = TestFolders.Model.CreateChatClient();

        Assert.IsType<OnnxSampler>(client.GetService<ISampler>());
        Assert.Equal("onnx", client.GetService<ChatClientMetadata>()!.ProviderName);
        Assert.Same(client, client.GetService<IChatClient>());
    }
}
