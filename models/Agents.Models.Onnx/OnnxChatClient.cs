using System.Runtime.CompilerServices;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.Onnx;

/// <summary>
/// An ONNX model as a chat client; the sampler is found with <c>GetService</c>. Streams token by token. A request that cannot be
/// served throws <see cref="ArgumentException"/>. Thread-safe.
/// </summary>
public sealed class OnnxChatClient : IChatClient
{
    private readonly OnnxSampler sampler;
    private readonly ChatClientMetadata metadata;

    internal OnnxChatClient(OnnxSampler sampler)
    {
        this.sampler = sampler;
        metadata = new ChatClientMetadata("onnx", null, sampler.Model.Name);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The prompt is too long or not text, an option is out of its range, or memory does not suffice.</exception>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamedReply.FoldAsync(GetStreamingResponseAsync(messages, options, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The prompt is too long or not text, an option is out of its range, or memory does not suffice.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        int[] prompt = sampler.Model.Encode(StreamedReply.Conversation(messages, options), continues: false);
        await foreach (ChatResponseUpdate update in StreamedReply.ReadAsync(sampler.Model.Name, (write, end) => Start(prompt, options, write, end), null, cancellationToken).ConfigureAwait(false))
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

    private GeneratedSample Start(int[] prompt, ChatOptions? options, Action<string> write, Action<CallOutcome> end)
    {
        var ended = new CancellationTokenSource();
        var sample = new GeneratedSample(prompt, SamplingRules.From(StreamedReply.ToSampleOptions(options), sampler.Model.Folder.Generation), StreamedReply.RandomOf(options), end)
        {
            Streamed = write,
            Cancelled = ended.Cancel,
        };
        _ = sampler.Model.GenerateAsync(prompt, [sample], ended.Token);
        return sample;
    }
}
