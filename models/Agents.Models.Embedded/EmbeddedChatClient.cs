using System.Runtime.CompilerServices;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.Embedded;

/// <summary>
/// An embedded model as a chat client; the sampler is found with <c>GetService</c>. Streams token by token. Where the prompt
/// lies mostly outside the model's vocabulary, <c>AdditionalProperties["outside_domain"]</c> says so. A request that cannot be
/// served throws <see cref="ArgumentException"/>. Thread-safe.
/// </summary>
public sealed class EmbeddedChatClient : IChatClient
{
    private readonly EmbeddedSampler sampler;
    private readonly ChatClientMetadata metadata;

    internal EmbeddedChatClient(EmbeddedSampler sampler)
    {
        this.sampler = sampler;
        metadata = new ChatClientMetadata("embedded", null, sampler.Model.Name);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The prompt is too long or not text, or an option is out of its range.</exception>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamedReply.FoldAsync(GetStreamingResponseAsync(messages, options, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The prompt is too long or not text, or an option is out of its range.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        EncodedPrompt prompt = sampler.Encode(StreamedReply.Conversation(messages, options), continues: false);
        AdditionalPropertiesDictionary? notes = prompt.IsOutsideVocabulary ? new() { [OutcomeMetadata.OutsideDomain] = OutcomeNotes.OutsideDomain(prompt) } : null;
        await foreach (ChatResponseUpdate update in StreamedReply.ReadAsync(sampler.Model.Name, (write, end) => Start(prompt, options, write, end), notes, cancellationToken).ConfigureAwait(false))
            yield return update;
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

    /// <summary>Does nothing: the model belongs to whoever loaded it.</summary>
    public void Dispose()
    {
    }

    private BatchRow Start(EncodedPrompt prompt, ChatOptions? options, Action<string> write, Action<CallOutcome> end)
    {
        var row = new BatchRow(prompt.Tokens, SamplingRules.From(StreamedReply.ToSampleOptions(options), sampler.Model.Generation), StreamedReply.RandomOf(options), end) { Streamed = write };
        sampler.Model.Decoder.Submit(prompt.Tokens, [row]);
        return row;
    }
}
