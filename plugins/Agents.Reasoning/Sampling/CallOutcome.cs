namespace Agents.Reasoning;

/// <summary>
/// What one model call came back with: a text or a failure. Immutable, and all of it is journaled, so that a replay sees
/// exactly what the run saw.
/// </summary>
public sealed record CallOutcome
{
    /// <summary>The generated text, without separately reported thinking; null when the call failed.</summary>
    public string? Text { get; init; }

    /// <summary>Thinking that the model reported apart from its text (<c>reasoning_content</c>), or null.</summary>
    public string? Thinking { get; init; }

    /// <summary>Why generation ended: <c>stop</c>, <c>length</c>, <c>content_filter</c>, <c>tool_calls</c>, <c>confidence_floor</c> or the model's own word; null when unknown.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The tokens the model reported, or null when it reported none.</summary>
    public CallUsage? Usage { get; init; }

    /// <summary>Log-probabilities of the generated tokens, in order; empty when the model declares none.</summary>
    public IReadOnlyList<TokenLogProbability> LogProbabilities { get; init; } = [];

    /// <summary>Why the call failed, or null when it succeeded.</summary>
    public CallFailure? Failure { get; init; }

    /// <summary>Facts that travel with the sample, such as the answer recorded beside a recorded sample.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>A successful outcome.</summary>
    public static CallOutcome FromText(string text, CallUsage? usage = null) => new() { Text = text, FinishReason = "stop", Usage = usage };

    /// <summary>A failed outcome.</summary>
    public static CallOutcome Failed(CallFailureKind kind, string message, int? status = null) => new() { Failure = new CallFailure(kind, message, status) };
}

/// <summary>Tokens of one call as the model reported them.</summary>
/// <param name="InputTokens">Prompt tokens, cached ones included.</param>
/// <param name="OutputTokens">Generated tokens, thinking included.</param>
/// <param name="CachedInputTokens">Prompt tokens served from a cache.</param>
/// <param name="ReasoningTokens">Thinking tokens among the output.</param>
public sealed record CallUsage(long InputTokens, long OutputTokens, long CachedInputTokens = 0, long ReasoningTokens = 0);

/// <summary>One generated token with its natural-log probability.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="LogProbability">ln P(token), at most 0.</param>
/// <param name="Alternatives">The most likely tokens at this position, most likely first; may be empty.</param>
public sealed record TokenLogProbability(string Token, double LogProbability, IReadOnlyList<TokenAlternative> Alternatives);

/// <summary>An alternative token.</summary>
/// <param name="Token">Its text.</param>
/// <param name="LogProbability">ln P(token), at most 0.</param>
public sealed record TokenAlternative(string Token, double LogProbability);

/// <summary>Names in <see cref="CallOutcome.Metadata"/> by which a sampler says what it could not do as asked; results repeat them as notes.</summary>
public static class OutcomeMetadata
{
    /// <summary>What was emulated, such as <c>n</c> by single calls.</summary>
    public const string Emulated = "emulated";

    /// <summary>Parameters that the upstream refused and that were left out.</summary>
    public const string Omitted = "omitted";

    /// <summary>How much of the prompt lies outside what the model was trained on, where most of it does.</summary>
    public const string OutsideDomain = "outside_domain";

    /// <summary>Calls of the caller's tools in place of a text, or beside one: the JSON array of the chat completions API.</summary>
    public const string ToolCalls = "tool_calls";
}
