using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>The parts of a streamed reply. Holds the request's place at the upstream until disposed. Enumerated once.</summary>
internal sealed class ReplyStream(PipelineResponse response, UpstreamGate.Admission admission, AttemptLimit limit, TimeSpan idle, Func<string, string> redact) : IDisposable
{
    /// <summary>The parts as they come; ends with an exception when the stream breaks, never quietly.</summary>
    public async IAsyncEnumerable<ChatReply> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool ended = false;
        IAsyncEnumerator<SseItem<string>> events = SseParser.Create(response.ContentStream!).EnumerateAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        await using (events.ConfigureAwait(false))
        {
            while (await NextAsync(events, cancellationToken).ConfigureAwait(false) is { } data)
            {
                if (data == "[DONE]")
                {
                    ended = true;
                    continue;
                }

                ChatReply part = ReplyReader.Parse(Encoding.UTF8.GetBytes(data))
                    ?? throw Broken("The upstream sent a part that is not JSON.");
                if (part.Error is { } error && UpstreamError.From(error) is { } failure)
                    throw new OpenAICallException(failure.ToAttempt(failure.Status ?? 500).Failure! with { Message = redact(failure.Message) });
                ended |= (part.Choices ?? []).Any(c => ReplyReader.FinishReasonOf(c?.FinishReason) is not null);
                if (part.Usage is not null)
                    admission.Tokens = (part.Usage.PromptTokens ?? 0) + (part.Usage.CompletionTokens ?? 0);
                yield return part;
            }
        }

        if (!ended)
            throw Broken("The upstream ended the stream before the reply was complete.");
    }

    public void Dispose()
    {
        response.Dispose();
        limit.Dispose();
        admission.Dispose();
    }

    private async Task<string?> NextAsync(IAsyncEnumerator<SseItem<string>> events, CancellationToken cancellationToken)
    {
        try
        {
            limit.Restart(idle);
            return await events.MoveNextAsync().ConfigureAwait(false) ? events.Current.Data : null;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Broken("The connection broke in the middle of the reply.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OpenAICallException(new CallFailure(CallFailureKind.TimedOut, $"The stream stood still for {idle.TotalSeconds:0.#} s."));
        }
    }

    private static OpenAICallException Broken(string message) => new(new CallFailure(CallFailureKind.Malformed, message));
}
