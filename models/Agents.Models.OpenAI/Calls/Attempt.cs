using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>What one try of a request came to: a reply, an open stream, or a failure.</summary>
internal sealed record Attempt
{
    /// <summary>The reply, with at least one choice.</summary>
    public ChatReply? Reply { get; init; }

    /// <summary>The parts of a stream that has started; the caller disposes it.</summary>
    public ReplyStream? Stream { get; init; }

    /// <summary>Why there is neither.</summary>
    public CallFailure? Failure { get; init; }

    /// <summary>True when another try may succeed.</summary>
    public bool MayRetry { get; init; }

    /// <summary>How long the upstream asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The parameter that the upstream names in its refusal.</summary>
    public string? Parameter { get; init; }

    public static Attempt Failed(CallFailureKind kind, string message, int? status = null, bool mayRetry = false) =>
        new() { Failure = new CallFailure(kind, message, status), MayRetry = mayRetry };
}
