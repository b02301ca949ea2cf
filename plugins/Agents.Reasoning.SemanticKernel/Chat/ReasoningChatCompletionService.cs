using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// A reasoning chat client as Semantic Kernel's own kind of service: its bridge, under a name by which it is known that this
/// service reasons, so that it is never taken for a model. The result is the message's <c>InnerContent</c>. Thread-safe.
/// </summary>
/// <param name="client">The client.</param>
internal sealed class ReasoningChatCompletionService(IChatClient client) : IChatCompletionService
{
    private readonly IChatCompletionService bridge = client.AsChatCompletionService();

    public IReadOnlyDictionary<string, object?> Attributes => bridge.Attributes;

    public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
        bridge.GetChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken);

    public IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
        bridge.GetStreamingChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken);
}
