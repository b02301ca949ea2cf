using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agents.Testing;

/// <summary>A chat client whose texts are a function of the conversation, or come from a queue. Records what it was asked. Thread-safe.</summary>
/// <param name="answer">The text for a conversation; an exception it throws is the client's failure.</param>
public sealed class ScriptedChatClient(Func<IReadOnlyList<ChatMessage>, string> answer) : IChatClient
{
    private readonly ConcurrentQueue<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> requests = new();

    /// <summary>A client that says these texts one after the other; asked once more, it fails.</summary>
    public static ScriptedChatClient FromTexts(params string[] texts)
    {
        var queue = new ConcurrentQueue<string>(texts);
        return new ScriptedChatClient(_ => queue.TryDequeue(out string? text) ? text : throw new InvalidOperationException("The script has no more texts."));
    }

    /// <summary>What the client was asked, in order.</summary>
    public IReadOnlyList<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Requests => [.. requests];

    /// <summary>The thinking of every reply, or null for none.</summary>
    public string? Thinking { get; init; }

    /// <summary>The usage of every reply, or null for none.</summary>
    public UsageDetails? Usage { get; init; } = new() { InputTokenCount = 10, OutputTokenCount = 20, TotalTokenCount = 30 };

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ChatMessage[] conversation = [.. messages];
        requests.Enqueue((conversation, options));
        List<AIContent> contents = Thinking is { } thinking ? [new TextReasoningContent(thinking)] : [];
        contents.Add(new TextContent(answer(conversation)));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = "scripted",
            FinishReason = ChatFinishReason.Stop,
            Usage = Usage,
        });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        if (Thinking is { } thinking)
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent(thinking)]);
        foreach (string token in StubReply.Tokens(response.Text))
            yield return new ChatResponseUpdate(ChatRole.Assistant, token);
        yield return new ChatResponseUpdate(ChatRole.Assistant, Usage is { } usage ? [new UsageContent(usage)] : []) { FinishReason = ChatFinishReason.Stop };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", null, "scripted")
        : serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
