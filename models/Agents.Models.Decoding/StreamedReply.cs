using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.Decoding;

/// <summary>One generated sample as the reply of a chat client, streamed token by token.</summary>
internal static class StreamedReply
{
    /// <param name="model">The model's name.</param>
    /// <param name="start">Starts the sample; its arguments take the text as it becomes known, and the outcome.</param>
    /// <param name="notes">What the last update says beside usage and finish reason.</param>
    /// <param name="cancellationToken">Ends the sample.</param>
    /// <exception cref="ArgumentException">The request cannot be served.</exception>
    /// <exception cref="InvalidOperationException">The sample failed.</exception>
    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(string model, Func<Action<string>, Action<CallOutcome>, GeneratedSample> start, AdditionalPropertiesDictionary? notes, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var arrived = Channel.CreateUnbounded<(string? Text, CallOutcome? Outcome)>(new UnboundedChannelOptions { SingleReader = true });
        GeneratedSample sample = start(text => arrived.Writer.TryWrite((text, null)), outcome => arrived.Writer.TryWrite((null, outcome)));
        string id = Guid.NewGuid().ToString("N");
        try
        {
            while (true)
            {
                (string? text, CallOutcome? outcome) = await arrived.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                ChatResponseUpdate update = text is not null ? new ChatResponseUpdate(ChatRole.Assistant, text) : Last(outcome!, notes);
                (update.ResponseId, update.MessageId, update.ModelId) = (id, id, model);
                yield return update;
                if (outcome is not null)
                    yield break;
            }
        }
        finally
        {
            sample.Cancel();
        }
    }

    /// <summary>The updates as one response.</summary>
    public static async Task<ChatResponse> FoldAsync(IAsyncEnumerable<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        var all = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
            all.Add(update);
        ChatResponse response = all.ToChatResponse();
        response.AdditionalProperties = all[^1].AdditionalProperties;
        return response;
    }

    /// <summary>The messages with the instructions of the options as their first turn.</summary>
    public static List<ChatMessage> Conversation(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        List<ChatMessage> conversation = [.. messages];
        if (!string.IsNullOrEmpty(options?.Instructions))
            conversation.Insert(0, new ChatMessage(ChatRole.System, options.Instructions));
        return conversation;
    }

    /// <summary>What of the options decides how tokens are chosen.</summary>
    public static SampleOptions ToSampleOptions(ChatOptions? options) => new()
    {
        Temperature = options?.Temperature,
        TopP = options?.TopP,
        TopK = options?.TopK,
        MaxOutputTokens = options?.MaxOutputTokens,
        StopSequences = [.. options?.StopSequences ?? []],
    };

    /// <summary>The seed of the options, or a fresh one.</summary>
    public static SampleRandom RandomOf(ChatOptions? options) => new(options?.Seed ?? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))), 0);

    private static ChatResponseUpdate Last(CallOutcome outcome, AdditionalPropertiesDictionary? notes)
    {
        if (outcome.Failure is { } failure)
            throw failure.Kind == CallFailureKind.InvalidRequest ? new ArgumentException(failure.Message) : new InvalidOperationException(failure.Message);
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
            AdditionalProperties = notes,
        };
    }
}
