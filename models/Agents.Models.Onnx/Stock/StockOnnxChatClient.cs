using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace Agents.Models.Onnx;

/// <summary>
/// The package's own <see cref="OnnxRuntimeGenAIChatClient"/>, which is also what Semantic Kernel's ONNX connector registers, made
/// fit to be sampled from: calls run one at a time, temperature samples, stop strings are found across tokens, the last token is
/// not said twice, and what the client would misread is refused by name. <see cref="OnnxModel"/> is faster and can do more.
/// Thread-safe; does not dispose the client.
/// </summary>
public sealed class StockOnnxChatClient : IChatClient
{
    // By model, so that two wrappers of one client, or two clients of one model, wait for each other.
    private static readonly ConditionalWeakTable<Model, SemaphoreSlim> gates = [];

    private readonly IChatClient stock;
    private readonly SemaphoreSlim gate;

    /// <param name="client">The stock client, or a client around it.</param>
    /// <exception cref="ArgumentException">It is no such client.</exception>
    public StockOnnxChatClient(IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (client.GetService<OnnxRuntimeGenAIChatClient>() is null || client.GetService<Model>() is not { } model)
            throw new ArgumentException($"{client.GetType().Name} is not the chat client of ONNX Runtime GenAI.", nameof(client));
        stock = client;
        gate = gates.GetValue(model, _ => new SemaphoreSlim(1, 1));
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option is set that the client would ignore or misread; the message names it.</exception>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option is set that the client would ignore or misread; the message names it.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatOptions asked = StockOnnxOptions.From(options);
        var text = new GeneratedText([.. (options?.StopSequences ?? []).Where(s => s.Length > 0).Select(Encoding.UTF8.GetBytes)]);
        ChatResponseUpdate? held = null, last = null;
        int tokens = 0;
        bool isStopped = false;
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await foreach (ChatResponseUpdate update in stock.GetStreamingResponseAsync(messages, asked, cancellationToken).ConfigureAwait(false))
            {
                last = update;
                if (update.FinishReason is not null)
                    break;
                // One behind: where a turn ends, the client says its last token again; where the cap ends it, one more was asked for.
                if (held is not null)
                {
                    tokens++;
                    isStopped = text.Append(Encoding.UTF8.GetBytes(held.Text));
                    if (Fresh(held, text.Release(isStopped)) is { } shown)
                        yield return shown;
                    if (isStopped)
                        break;
                }

                held = update;
            }
        }
        finally
        {
            gate.Release();
        }

        if (!isStopped && held is not null && Fresh(held, text.Release(isEnd: true)) is { } rest)
            yield return rest;
        if (last is not null)
            yield return Final(last, tokens, !isStopped && tokens == options?.MaxOutputTokens);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : stock.GetService(serviceType, serviceKey);
    }

    /// <summary>Does nothing: the stock client belongs to whoever made it.</summary>
    public void Dispose()
    {
    }

    private static ChatResponseUpdate? Fresh(ChatResponseUpdate like, string text) => text.Length == 0 ? null
        : new ChatResponseUpdate(ChatRole.Assistant, text) { ResponseId = like.ResponseId, MessageId = like.MessageId, CreatedAt = like.CreatedAt, ModelId = like.ModelId };

    private static ChatResponseUpdate Final(ChatResponseUpdate last, int tokens, bool isFull)
    {
        long? input = last.Contents.OfType<UsageContent>().FirstOrDefault()?.Details.InputTokenCount;
        return new ChatResponseUpdate(ChatRole.Assistant, input is null ? [] : [new UsageContent(new UsageDetails { InputTokenCount = input, OutputTokenCount = tokens, TotalTokenCount = input + tokens })])
        {
            ResponseId = last.ResponseId,
            MessageId = last.MessageId,
            CreatedAt = last.CreatedAt,
            ModelId = last.ModelId,
            FinishReason = isFull ? ChatFinishReason.Length : ChatFinishReason.Stop,
        };
    }
}
