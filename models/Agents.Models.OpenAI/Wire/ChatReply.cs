using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Models.OpenAI;

/// <summary>
/// A chat completion, or one part of a streamed one, as servers really send it: every field may be absent, null or of a
/// neighbouring type.
/// </summary>
internal sealed record ChatReply
{
    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Id { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Model { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? Created { get; init; }

    public IReadOnlyList<ChatChoice?>? Choices { get; init; }

    public ReplyUsage? Usage { get; init; }

    public JsonElement? Error { get; init; }
}

/// <summary>One choice; <see cref="Delta"/> in a stream.</summary>
internal sealed record ChatChoice
{
    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? Index { get; init; }

    public ReplyMessage? Message { get; init; }

    public ReplyMessage? Delta { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? FinishReason { get; init; }

    public ReplyLogProbabilities? Logprobs { get; init; }
}

/// <summary>What the model said.</summary>
internal sealed record ReplyMessage
{
    [JsonConverter(typeof(ReplyContentConverter))]
    public ReplyContent? Content { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? ReasoningContent { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Reasoning { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Refusal { get; init; }

    public JsonElement? ToolCalls { get; init; }

    [JsonIgnore]
    public string? Text => Content?.Text;

    /// <summary>Thinking under either name, or among the parts of the content; null when there is none.</summary>
    [JsonIgnore]
    public string? Thinking => NullIfEmpty(ReasoningContent) ?? NullIfEmpty(Reasoning) ?? NullIfEmpty(Content?.Thinking);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Content that came as a string or as parts.</summary>
/// <param name="Text">The text.</param>
/// <param name="Thinking">Thinking among the parts; empty when there is none.</param>
internal sealed record ReplyContent(string Text, string Thinking);

/// <summary>Token log-probabilities.</summary>
internal sealed record ReplyLogProbabilities
{
    public IReadOnlyList<ReplyToken?>? Content { get; init; }
}

/// <summary>One token, or one alternative.</summary>
internal sealed record ReplyToken
{
    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Token { get; init; }

    public double? Logprob { get; init; }

    public IReadOnlyList<ReplyToken?>? TopLogprobs { get; init; }
}

/// <summary>Tokens as reported.</summary>
internal sealed record ReplyUsage
{
    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? PromptTokens { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? CompletionTokens { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? PromptCacheHitTokens { get; init; }

    public PromptDetails? PromptTokensDetails { get; init; }

    public CompletionDetails? CompletionTokensDetails { get; init; }

    internal sealed record PromptDetails([property: JsonConverter(typeof(TolerantNumberConverter))] long? CachedTokens);

    internal sealed record CompletionDetails([property: JsonConverter(typeof(TolerantNumberConverter))] long? ReasoningTokens);
}
