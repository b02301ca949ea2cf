using System.ClientModel;
using System.ClientModel.Primitives;
using System.Security.Cryptography;
using Agents.Reasoning;
using Azure.Identity;
using Polly;
using Polly.Retry;

namespace Agents.Models.OpenAI;

/// <summary>Makes requests: through the gate, within the time limit, tried again where that can help, less what the upstream refuses.</summary>
internal sealed class CompletionClient
{
    private const int MaxRefusals = 8;

    private readonly OpenAIModelOptions options;
    private readonly UpstreamGate gate;
    private readonly UpstreamTraits traits;
    private readonly IChatTransport transport;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline<Attempt> retries;

    public CompletionClient(OpenAIModelOptions options, UpstreamGate gate, UpstreamTraits traits, IChatTransport transport, TimeProvider time)
    {
        (this.options, this.gate, this.traits, this.transport, this.time) = (options, gate, traits, transport, time);
        retries = CreateRetries(options, time);
    }

    /// <summary>Sends a request until it has a reply, a stream, or a failure that stays. Throws only on cancellation.</summary>
    public async Task<Attempt> SendAsync(CompletionCall call, CancellationToken cancellationToken)
    {
        for (int refusals = 0; ; refusals++)
        {
            WireRequest request = RequestWriter.Write(call, options, traits);
            Attempt attempt = await retries.ExecuteAsync(
                static (state, token) => state.Self.TryAsync(state.Call, state.Request.Body, token),
                (Self: this, Call: call, Request: request),
                cancellationToken).ConfigureAwait(false);
            if (refusals == MaxRefusals || ParameterRefusal.Find(attempt, request.Sent) is not { } refused)
                return attempt;
            traits.Refuse(refused);
        }
    }

    private static ResiliencePipeline<Attempt> CreateRetries(OpenAIModelOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = options.MaxRetries,
                ShouldHandle = static retry => ValueTask.FromResult(retry.Outcome.Result is { MayRetry: true }),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = TimeSpan.FromSeconds(60),
                DelayGenerator = static retry => ValueTask.FromResult(AskedFor(retry.Outcome.Result?.RetryAfter)),
            });
        }

        return builder.Build();
    }

    // Where the upstream names a time, a little more than that, so that a fan-out does not come back as one. Null: the backoff.
    private static TimeSpan? AskedFor(TimeSpan? retryAfter) =>
        retryAfter is { } wait ? wait + Math.Min(2, wait.TotalSeconds / 4) * TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1000)) : null;

    private async ValueTask<Attempt> TryAsync(CompletionCall call, BinaryData body, CancellationToken cancellationToken)
    {
        UpstreamGate.Admission admission = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        AttemptLimit? limit = null;
        bool handedOver = false, hasHeaders = false;
        try
        {
            limit = new AttemptLimit(options.Timeout, time, cancellationToken);
            PipelineResponse response = await transport.PostAsync(body, call.Key, limit.Token).ConfigureAwait(false);
            hasHeaders = true;
            if (call.IsStream && response.Status is >= 200 and < 300 && IsEventStream(response))
            {
                handedOver = true;
                return new Attempt { Stream = new ReplyStream(response, admission, limit, options.Timeout, options.Credential.Redact) };
            }

            using (response)
            {
                await response.BufferContentAsync(limit.Token).ConfigureAwait(false);
                Attempt attempt = Redacted(Read(response));
                admission.Tokens = (attempt.Reply?.Usage?.PromptTokens ?? 0) + (attempt.Reply?.Usage?.CompletionTokens ?? 0);
                if (attempt.RetryAfter is { } wait)
                    gate.PauseUntil(time.GetUtcNow() + wait);
                return attempt;
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && ToAttempt(e, hasHeaders, isOverdue: limit is { Token.IsCancellationRequested: true }) is { } failed)
        {
            return Redacted(failed);
        }
        finally
        {
            if (!handedOver)
            {
                limit?.Dispose();
                admission.Dispose();
            }
        }
    }

    private Attempt Read(PipelineResponse response)
    {
        BinaryData body = response.Content;
        if (response.Status is < 200 or >= 300)
        {
            string? Header(string name) => response.Headers.TryGetValue(name, out string? value) ? value : null;
            Attempt refused = UpstreamError.Read(body, response.Status).ToAttempt(response.Status);
            return refused.MayRetry ? refused with { RetryAfter = RetryAfter.Read(Header, time.GetUtcNow(), options.MaxRetryAfter) } : refused;
        }

        if (body.ToMemory().Length == 0)
            return Attempt.Failed(CallFailureKind.Malformed, "The upstream answered with an empty body.", 200);
        if (ReplyReader.Parse(body.ToMemory().Span) is not { } reply)
            return Attempt.Failed(CallFailureKind.Malformed, "The upstream answered with a body that is not a chat completion: " + UpstreamError.Read(body, 200).Message, 200);
        if (reply.Choices is { Count: > 0 } choices && choices.Any(c => c is not null))
            return new Attempt { Reply = reply };
        return reply.Error is { } error && UpstreamError.From(error) is { } inside
            ? inside.ToAttempt(inside.Status ?? 500) with { MayRetry = inside.Status is 408 or 429 or >= 500 }
            : Attempt.Failed(CallFailureKind.Malformed, "The upstream answered without choices.", 200);
    }

    private Attempt? ToAttempt(Exception exception, bool hasHeaders, bool isOverdue) => exception switch
    {
        OperationCanceledException when isOverdue => Attempt.Failed(CallFailureKind.TimedOut, $"No reply within {options.Timeout.TotalSeconds:0.#} s."),
        IOException or HttpRequestException or ClientResultException when hasHeaders => Attempt.Failed(CallFailureKind.Malformed, "The connection broke in the middle of the reply.", mayRetry: true),
        // A cancellation that nobody here asked for is the handler's: no connection within its time.
        IOException or HttpRequestException or ClientResultException or OperationCanceledException => Attempt.Failed(CallFailureKind.Unavailable, $"The upstream at {options.Endpoint.Authority} cannot be reached: {Innermost(exception).Message}", mayRetry: true),
        AuthenticationFailedException => Attempt.Failed(CallFailureKind.Unauthorized, exception.Message),
        _ => null,
    };

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;

    private Attempt Redacted(Attempt attempt) =>
        attempt.Failure is { } failure ? attempt with { Failure = failure with { Message = options.Credential.Redact(failure.Message) } } : attempt;

    private static bool IsEventStream(PipelineResponse response) =>
        response.Headers.TryGetValue("Content-Type", out string? type) && type?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;
}
