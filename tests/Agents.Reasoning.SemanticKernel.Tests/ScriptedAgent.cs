using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.SemanticKernel.Tests;

/// <summary>A model that may call functions: each turn is a function of the conversation. Records what it was asked. Thread-safe.</summary>
/// <param name="turn">The contents of a turn.</param>
internal sealed class ScriptedAgent(Func<IReadOnlyList<ChatMessage>, ChatOptions?, AIContent> turn) : IChatClient
{
    private readonly ConcurrentQueue<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> requests = new();

    /// <summary>Calls a function on the first turn, then says what came back as its answer.</summary>
    public static ScriptedAgent CallingOnce(string function, IDictionary<string, object?> arguments) => new((messages, options) =>
    {
        if (messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().LastOrDefault() is { } result)
            return new TextContent($"The function says {System.Text.Json.JsonSerializer.Serialize(result.Result)}");
        Assert.Contains(options!.Tools!, t => t.Name == function);
        return new FunctionCallContent("call-1", function, arguments);
    });

    public IReadOnlyList<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Requests => [.. requests];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] conversation = [.. messages];
        requests.Enqueue((conversation, options));
        AIContent content = turn(conversation, options);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [content]))
        {
            FinishReason = content is FunctionCallContent ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 1, OutputTokenCount = 1, TotalTokenCount = 2 },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", null, "agent") : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
