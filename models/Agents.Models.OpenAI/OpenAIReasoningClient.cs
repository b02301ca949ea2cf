using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI;

/// <summary>
/// A model behind an OpenAI-compatible endpoint as a chat client. Thinking comes as <see cref="TextReasoningContent"/>. Tool
/// calls pass both ways. The sampler is found with <c>GetService</c>. Failed calls throw <see cref="OpenAICallException"/>. Thread-safe.
/// </summary>
public sealed class OpenAIReasoningClient : IChatClient
{
    private readonly OpenAISampler sampler;
    private readonly ChatClientMetadata metadata;

    internal OpenAIReasoningClient(OpenAISampler sampler)
    {
        this.sampler = sampler;
        metadata = new ChatClientMetadata("openai", sampler.Options.Endpoint, sampler.Options.Model);
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        CompletionCall call = ChatCalls.From(messages, options, isStream: false);
        Attempt attempt = await sampler.Calls.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return attempt.Reply is { } reply ? ChatCalls.ToResponse(reply, call) : throw new OpenAICallException(attempt.Failure!);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        CompletionCall call = ChatCalls.From(messages, options, isStream: true);
        Attempt attempt = await sampler.Calls.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (attempt.Failure is { } failure)
            throw new OpenAICallException(failure);
        if (attempt.Reply is { } whole)
        {
            // The server answered in one piece although a stream was asked for.
            foreach (ChatResponseUpdate update in ChatCalls.ToResponse(whole, call).ToChatResponseUpdates())
                yield return update;
            yield break;
        }

        using ReplyStream stream = attempt.Stream!;
        var tools = new ToolCallAssembler();
        await foreach (ChatReply part in stream.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ChatCalls.ToUpdate(part, tools) is { } update)
                yield return update;
        }

        // Tool calls come in pieces; only whole ones are of use.
        if (tools.Finish() is { Count: > 0 } calls)
            yield return new ChatResponseUpdate(ChatRole.Assistant, [.. calls]);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(sampler) ? sampler
            : null;
    }

    /// <summary>Does nothing: the connections belong to the factory.</summary>
    public void Dispose()
    {
    }
}
