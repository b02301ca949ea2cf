using Agents.Reasoning;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI.Tests;

public sealed class OpenAIReasoningClientTests : StubTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "What is 6 times 7?")];

    [Fact]
    public async Task GetResponseAsync_Reply_CarriesTextThinkingUsageAndFinishReason()
    {
        Server.Behavior = new StubBehavior { Text = (_, _) => "The answer is 42.", Thinking = "Six sevens.", CachedTokens = 2, ReasoningTokens = 5 };
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);

        ChatResponse response = await client.GetResponseAsync(Question);

        Assert.Equal("The answer is 42.", response.Text);
        Assert.Equal("Six sevens.", Assert.Single(response.Messages[0].Contents.OfType<TextReasoningContent>()).Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal((9, 9, 18, 2, 5), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount, response.Usage.CachedInputTokenCount, response.Usage.ReasoningTokenCount));
        Assert.Equal("stub", response.ModelId);
    }

    [Fact]
    public async Task GetResponseAsync_Options_AreOnTheWire()
    {
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);

        await client.GetResponseAsync(Question, new ChatOptions
        {
            Instructions = "Be brief.",
            ModelId = "other",
            Temperature = 0.7f,
            Seed = 5,
            StopSequences = ["Q:"],
            FrequencyPenalty = 0.5f,
            ResponseFormat = ChatResponseFormat.Json,
            AdditionalProperties = new() { ["min_p"] = 0.1, ["flag"] = true },
        });

        StubRequest request = Assert.Single(Traffic.Requests);
        Assert.Equal(("system", "Be brief."), request.Messages[0]);
        Assert.Equal(5, request.Seed);
        Assert.Equal("other", request.Body.GetProperty("model").GetString());
        Assert.Equal("0.7", request.Body.GetProperty("temperature").GetRawText());
        Assert.Equal("json_object", request.Body.GetProperty("response_format").GetProperty("type").GetString());
        Assert.Equal(0.5, request.Body.GetProperty("frequency_penalty").GetDouble());
        Assert.True(request.Body.GetProperty("flag").GetBoolean());
    }

    [Fact]
    public async Task GetResponseAsync_NoSeedAsked_SendsNone()
    {
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);

        await client.GetResponseAsync(Question);

        Assert.False(Traffic.Requests[0].Has("seed"));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Parts_FoldToTheResponse()
    {
        Server.Behavior = new StubBehavior { Text = (_, _) => "The answer is 42.", Thinking = "Six sevens." };
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);

        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(Question))
            updates.Add(update);
        ChatResponse streamed = updates.ToChatResponse();
        ChatResponse whole = await client.GetResponseAsync(Question);

        Assert.True(updates.Count > 4);
        Assert.Equal(whole.Text, streamed.Text);
        Assert.Equal("Six sevens.", string.Concat(streamed.Messages[0].Contents.OfType<TextReasoningContent>().Select(c => c.Text)));
        Assert.Equal(whole.Usage!.OutputTokenCount, streamed.Usage!.OutputTokenCount);
        Assert.Equal(ChatFinishReason.Stop, streamed.FinishReason);
        Assert.Equal(0, Factory.GateOf(Options).InFlight);
    }

    [Theory]
    [InlineData(true, "broke in the middle")]
    [InlineData(false, "ended the stream before")]
    public async Task GetStreamingResponseAsync_StreamIsCut_FailsRatherThanEnds(bool abruptly, string reason)
    {
        Server.Behavior = new StubBehavior { Cut = abruptly, EndStreamEarly = !abruptly };
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);
        var text = new List<string>();

        OpenAICallException e = await Assert.ThrowsAsync<OpenAICallException>(async () =>
        {
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(Question))
                text.Add(update.Text);
        });

        Assert.NotEmpty(text);
        Assert.Equal(CallFailureKind.Malformed, e.Failure.Kind);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal(0, Factory.GateOf(Options).InFlight);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ServerAnswersInOnePiece_GivesTheWholeText()
    {
        Server.Behavior = new StubBehavior { Body = """{"choices":[{"message":{"content":"all at once"},"finish_reason":"stop"}]}""" };
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);

        Assert.Equal("all at once", (await client.GetStreamingResponseAsync(Question).ToChatResponseAsync()).Text);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ConsumerStops_TheServerSeesIt()
    {
        Server.Behavior = new StubBehavior { Text = (_, _) => string.Join(' ', Enumerable.Repeat("word", 200_000)) };
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(Question))
            break;

        await Traffic.WhenIdleAsync();
        Assert.Equal(1, Traffic.Aborted);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_RefusedAtFirst_IsTriedAgain()
    {
        Server.Enqueue(StubBehavior.Fail(500), StubBehavior.Fail(429));
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);

        Assert.Contains("answer", (await client.GetStreamingResponseAsync(Question).ToChatResponseAsync()).Text, StringComparison.Ordinal);
        Assert.Single(Traffic.Requests.Select(r => r.IdempotencyKey).Distinct());
    }

    [Fact]
    public async Task GetResponseAsync_Refused_ThrowsTheUpstreamsReason()
    {
        Server.Behavior = StubBehavior.Fail(404, body: """{"error":{"message":"The model `stub` does not exist"}}""");
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);

        OpenAICallException e = await Assert.ThrowsAsync<OpenAICallException>(() => client.GetResponseAsync(Question));

        Assert.Equal((CallFailureKind.ModelNotFound, "The model `stub` does not exist"), (e.Failure.Kind, e.Message));
    }

    [Fact]
    public async Task GetResponseAsync_Cancelled_ThrowsCancellation()
    {
        Server.Behavior = new StubBehavior { Hang = true };
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);
        using var cancel = new CancellationTokenSource();
        Task<ChatResponse> call = client.GetResponseAsync(Question, cancellationToken: cancel.Token);
        await Traffic.WhenInFlightAsync(1);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Traffic.WhenIdleAsync();
    }

    [Fact]
    public void GetService_FindsTheSamplerAndTheMetadata()
    {
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);

        Assert.Same(client.GetService<OpenAISampler>(), client.AsSampler());
        ChatClientMetadata metadata = client.GetService<ChatClientMetadata>()!;
        Assert.Equal(("openai", "stub", Server.Endpoint), (metadata.ProviderName, metadata.DefaultModelId, metadata.ProviderUri));
        Assert.Same(client, client.GetService<IChatClient>());
        Assert.Null(client.GetService<TimeProvider>());
    }
}
