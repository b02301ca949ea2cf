using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Chat;

public sealed class ReasoningChatClientTests
{
    private static readonly ChatMessage[] conversation = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "What is six times seven?")];

    [Fact]
    public async Task GetResponse_IsTheAnswerWithTheUsageOfAllCalls()
    {
        using IChatClient client = new ModelClient(_ => "So <answer>42</answer>").WithReasoning("self-consistency", new() { Samples = 5 });
        ChatResponse response = await client.GetResponseAsync(conversation);
        Assert.Equal("42", response.Text);
        Assert.Equal(50, response.Usage!.InputTokenCount);
        Assert.Equal(15, response.Usage.OutputTokenCount);
        var result = Assert.IsType<ReasoningResult>(response.AdditionalProperties![ReasoningChatClient.ResultProperty]);
        Assert.Equal(5, result.Candidates.Count);
    }

    [Fact]
    public async Task Stream_ShowsProgressBeforeTheAnswer_AndFoldsToTheResponse()
    {
        using IChatClient client = new ModelClient(_ => "So <answer>42</answer>").WithReasoning("self-consistency", new() { Samples = 5 });
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(conversation))
            updates.Add(update);
        Assert.IsType<TextReasoningContent>(updates[0].Contents.Single());
        ChatResponse folded = updates.ToChatResponse();
        Assert.Equal("42", folded.Text);
        Assert.Equal(50, folded.Usage!.InputTokenCount);
        Assert.Equal(ChatFinishReason.Stop, folded.FinishReason);
    }

    [Fact]
    public async Task Options_InstructionsAndPlainPropertiesReachTheModel()
    {
        var inner = new ScriptedChatClient(_ => "<answer>42</answer>");
        using IChatClient client = inner.WithReasoning("direct");
        ChatResponse response = await client.GetResponseAsync([new(ChatRole.User, "q")], new ChatOptions
        {
            Instructions = "Be brief.",
            FrequencyPenalty = 0.5f,
            AdditionalProperties = new() { ["user"] = "ann", ["client"] = new object() },
        });
        (IReadOnlyList<ChatMessage> messages, ChatOptions? options) = inner.Requests.Single();
        Assert.Contains(messages, m => m.Role == ChatRole.System && m.Text == "Be brief.");
        Assert.Equal(0.5f, options!.FrequencyPenalty);
        Assert.Equal("ann", options.AdditionalProperties!["user"]!.ToString());
        Assert.False(options.AdditionalProperties.ContainsKey("client"));
        Assert.IsType<ReasoningResult>(response.RawRepresentation);
    }

    [Fact]
    public async Task LeavingTheStream_CancelsTheInnerCalls()
    {
        var cancelled = new TaskCompletionSource();
        using IChatClient client = new ModelClient(async token =>
        {
            token.Register(() => cancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, token);
            return "";
        }).WithReasoning("direct");
        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(conversation))
            break;
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task NoAnswer_IsAnErrorNeverAText()
    {
        using IChatClient client = new ModelClient(string (_) => throw new InvalidOperationException("the model is on fire")).WithReasoning("self-consistency", new() { Samples = 3 });
        ReasoningFailedException failed = await Assert.ThrowsAsync<ReasoningFailedException>(() => client.GetResponseAsync(conversation));
        Assert.Contains("the model is on fire", failed.Message, StringComparison.Ordinal);
        Assert.Equal(3, failed.Result.Candidates.Count);
    }

    [Fact]
    public async Task Function_AnswersAQuestion()
    {
        AIFunction function = new ReasoningRunner(new CallModel(new NoisyModel(1, 0).Answer).Models).AsFunction(StrategyCatalogue.Create("self-consistency", new() { Samples = 4 }));
        Assert.Equal("solve", function.Name);
        object? result = await function.InvokeAsync(new AIFunctionArguments { ["question"] = "What is six times seven?" });
        Assert.Contains("\"answer\":\"42\"", result!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A chat client of ten input and three output tokens a call.</summary>
    private sealed class ModelClient(Func<CancellationToken, Task<string>> reply) : IChatClient
    {
        public ModelClient(Func<CancellationToken, string> reply)
            : this(token => Task.FromResult(reply(token)))
        {
        }

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            new(new ChatMessage(ChatRole.Assistant, await reply(cancellationToken))) { Usage = new() { InputTokenCount = 10, OutputTokenCount = 3 }, FinishReason = ChatFinishReason.Stop };

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
