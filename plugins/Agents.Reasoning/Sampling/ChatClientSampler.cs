using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>
/// Draws samples from any chat client, one call each, in parallel. Capabilities of the client are unknown, so none is declared;
/// what the abstraction can carry (temperature, stop strings, seed, a JSON schema) is passed on.
/// </summary>
/// <param name="client">The chat client; not disposed.</param>
public sealed class ChatClientSampler(IChatClient client) : ISampler
{
    /// <inheritdoc/>
    public string ModelId { get; } = client.GetService(typeof(ChatClientMetadata)) is ChatClientMetadata metadata
        ? $"{metadata.ProviderName}:{metadata.DefaultModelId}"
        : client.GetType().FullName!;

    /// <inheritdoc/>
    public SamplerCapabilities Capabilities => SamplerCapabilities.None;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (batch.Requests.Count == 1)
        {
            yield return new SampleDelivery(batch.Requests[0].Key, await CallAsync(batch, batch.Requests[0], cancellationToken).ConfigureAwait(false));
            yield break;
        }

        var finished = Channel.CreateUnbounded<SampleDelivery>();
        foreach (SampleRequest request in batch.Requests)
            _ = DeliverAsync(request);
        for (int i = 0; i < batch.Requests.Count; i++)
            yield return await finished.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

        async Task DeliverAsync(SampleRequest request)
        {
            try
            {
                finished.Writer.TryWrite(new(request.Key, await CallAsync(batch, request, cancellationToken).ConfigureAwait(false)));
            }
            catch (OperationCanceledException e)
            {
                finished.Writer.TryComplete(e);
            }
        }
    }

    private async Task<CallOutcome> CallAsync(SampleBatch batch, SampleRequest request, CancellationToken cancellationToken)
    {
        try
        {
            ChatResponse response = await client.GetResponseAsync(batch.Messages, ChatOptionsMapping.ToChatOptions(batch.Options, request.Seed), cancellationToken).ConfigureAwait(false);
            return ToOutcome(response);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or UnreachableException))
        {
            // A client's own exception types are unknown here: the failure becomes data, with the upstream's words.
            return CallOutcome.Failed(e is OperationCanceledException or TimeoutException ? CallFailureKind.TimedOut : CallFailureKind.Other, e.Message);
        }
    }

    private static CallOutcome ToOutcome(ChatResponse response)
    {
        string thinking = string.Concat(response.Messages.SelectMany(m => m.Contents).OfType<TextReasoningContent>().Select(c => c.Text));
        return new CallOutcome
        {
            Text = response.Text,
            Thinking = thinking.Length > 0 ? thinking : null,
            FinishReason = response.FinishReason?.Value,
            Usage = response.Usage is { } usage && (usage.InputTokenCount ?? usage.OutputTokenCount) is not null
                ? new CallUsage(usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, usage.CachedInputTokenCount ?? 0, usage.ReasoningTokenCount ?? 0)
                : null,
        };
    }
}
