using Agents.Models.Embedded.Tests.Models;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.Embedded.Tests;

public sealed class EmbeddedChatClientTests : IDisposable
{
    private static readonly ChatOptions options = new() { Seed = 5, Temperature = 1, MaxOutputTokens = 30 };

    private readonly TinyModel folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task GetStreamingResponseAsync_Seed_StreamsTokenByTokenWhatTheResponseHolds()
    {
        using EmbeddedChatClient client = folder.Load().CreateChatClient();

        ChatResponse whole = await client.GetResponseAsync("Tom has", options);
        List<ChatResponseUpdate> updates = await client.GetStreamingResponseAsync("Tom has", options).ToListAsync();

        Assert.Equal(whole.Text, updates.ToChatResponse().Text);
        Assert.True(updates.Count > 10);
        Assert.Equal(ChatFinishReason.Length, whole.FinishReason);
        Assert.Equal(30, whole.Usage!.OutputTokenCount);
        Assert.Equal(6, whole.Usage.InputTokenCount);
        Assert.Equal(36, whole.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task GetResponseAsync_SameSeed_SameText_OtherSeed_Another()
    {
        using EmbeddedChatClient client = folder.Load().CreateChatClient();

        string one = (await client.GetResponseAsync("Tom", options)).Text;

        Assert.Equal(one, (await client.GetResponseAsync("Tom", options)).Text);
        Assert.NotEqual(one, (await client.GetResponseAsync("Tom", new ChatOptions { Seed = 6, Temperature = 1, MaxOutputTokens = 30 })).Text);
    }

    [Fact]
    public async Task GetResponseAsync_Instructions_AreASystemTurn()
    {
        using EmbeddedChatClient client = folder.Load().CreateChatClient();

        string said = (await client.GetResponseAsync([new(ChatRole.System, "the"), new(ChatRole.User, "Tom")], options)).Text;

        Assert.Equal(said, (await client.GetResponseAsync("Tom", new ChatOptions { Seed = 5, Temperature = 1, MaxOutputTokens = 30, Instructions = "the" })).Text);
    }

    [Fact]
    public async Task GetResponseAsync_PromptTooLong_Throws()
    {
        using EmbeddedChatClient client = folder.Load().CreateChatClient();

        ArgumentException fault = await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync(new string('7', 200)));

        Assert.Contains("204 tokens", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_Picture_IsRefused()
    {
        using EmbeddedChatClient client = folder.Load().CreateChatClient();
        ChatMessage[] messages = [new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])];

        Assert.Contains("text only; message 1 holds DataContent", (await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync(messages))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_OtherWords_SaysSoBesideTheText()
    {
        using EmbeddedChatClient client = folder.Load().CreateChatClient();

        Assert.Equal("most of the prompt (3 of 3 words)", (await client.GetResponseAsync("Wie geht es?", options)).AdditionalProperties![OutcomeMetadata.OutsideDomain]);
        Assert.Null((await client.GetResponseAsync("Tom has", options)).AdditionalProperties);
    }

    [Fact]
    public void GetService_Sampler_IsTheModels()
    {
        using EmbeddedChatClient client = folder.Load().CreateChatClient();

        Assert.IsType<EmbeddedSampler>(client.GetService<ISampler>());
        Assert.Equal("embedded", client.GetService<ChatClientMetadata>()!.ProviderName);
        Assert.Same(client, client.GetService<IChatClient>());
    }
}
