using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
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
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
            updates.Add(update);
        ChatResponse response = updates.ToChatResponse();
        response.AdditionalProperties = updates[^1].AdditionalProperties;
        return response;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The prompt is too long or not text, or an option is out of its range.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var arrived = Channel.CreateUnbounded<(string? Text, CallOutcome? Outcome)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        EncodedPrompt prompt = sampler.Encode(Conversation(messages, options), continues: false);
        var row = new BatchRow(
            prompt.Tokens, SamplingRules.From(ToSampleOptions(options), sampler.Model.Generation),
            new SampleRandom(options?.Seed ?? FreshSeed(), 0), outcome => arrived.Writer.TryWrite((null, outcome)))
        {
            Streamed = text => arrived.Writer.TryWrite((text, null)),
        };
        sampler.Model.Decoder.Submit(prompt.Tokens, [row]);
        string id = Guid.NewGuid().ToString("N");
        try
        {
            while (true)
            {
                (string? text, CallOutcome? outcome) = await arrived.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                ChatResponseUpdate update = text is not null ? new ChatResponseUpdate(ChatRole.Assistant, text) : Last(outcome!, prompt);
                (update.ResponseId, update.MessageId, update.ModelId) = (id, id, sampler.Model.Name);
                yield return update;
                if (outcome is not null)
                    yield break;
            }
        }
        finally
        {
            row.Cancel();
        }
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

    private static List<ChatMessage> Conversation(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        List<ChatMessage> conversation = [.. messages];
        if (!string.IsNullOrEmpty(options?.Instructions))
            conversation.Insert(0, new ChatMessage(ChatRole.System, options.Instructions));
        return conversation;
    }

    private static long FreshSeed() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    private static SampleOptions ToSampleOptions(ChatOptions? options) => new()
    {
        Temperature = options?.Temperature,
        TopP = options?.TopP,
        TopK = options?.TopK,
        MaxOutputTokens = options?.MaxOutputTokens,
        StopSequences = [.. options?.StopSequences ?? []],
    };

    private static ChatResponseUpdate Last(CallOutcome outcome, EncodedPrompt prompt)
    {
        if (outcome.Failure is { } failure)
            throw new InvalidOperationException(failure.Message);
        CallUsage usage = outcome.Usage!;
        return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails
        {
            InputTokenCount = usage.InputTokens,
            OutputTokenCount = usage.OutputTokens,
            TotalTokenCount = usage.InputTokens + usage.OutputTokens,
            CachedInputTokenCount = usage.CachedInputTokens,
        })])
        {
            FinishReason = new ChatFinishReason(outcome.FinishReason!),
            AdditionalProperties = prompt.IsOutsideVocabulary ? new() { [OutcomeMetadata.OutsideDomain] = OutcomeNotes.OutsideDomain(prompt) } : null,
        };
    }
}
