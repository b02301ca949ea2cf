using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>Turns a reply into outcomes, one a choice.</summary>
internal static class ReplyReader
{
    /// <summary>The reply, or null when the bytes are not one.</summary>
    public static ChatReply? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, WireJson.Default.ChatReply);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The reported usage, or null.</summary>
    public static CallUsage? UsageOf(ReplyUsage? usage) =>
        usage?.PromptTokens is null && usage?.CompletionTokens is null ? null : new CallUsage(
            usage.PromptTokens ?? 0,
            usage.CompletionTokens ?? 0,
            usage.PromptTokensDetails?.CachedTokens ?? usage.PromptCacheHitTokens ?? 0,
            usage.CompletionTokensDetails?.ReasoningTokens ?? 0);

    /// <summary>The outcomes of the first <paramref name="most"/> choices, by their index.</summary>
    public static IReadOnlyList<CallOutcome> Outcomes(ChatReply reply, int most, SampleOptions options)
    {
        List<ChatChoice> choices = [.. (reply.Choices ?? []).OfType<ChatChoice>().OrderBy(c => c.Index ?? 0).Take(most)];
        IReadOnlyList<CallUsage?> usages = UsageSplit.Split(UsageOf(reply.Usage), [.. choices.Select(LengthOf)]);
        return [.. choices.Select((choice, i) => Outcome(choice, options) with { Usage = usages[i] })];
    }

    /// <summary>The finish reason, where there is one.</summary>
    public static string? FinishReasonOf(string? reason) => string.IsNullOrEmpty(reason) ? null : reason;

    private static int LengthOf(ChatChoice choice) => (choice.Message?.Text?.Length ?? 0) + (choice.Message?.Thinking?.Length ?? 0);

    private static CallOutcome Outcome(ChatChoice choice, SampleOptions options)
    {
        ReplyMessage? message = choice.Message;
        string? reason = FinishReasonOf(choice.FinishReason);
        if (reason == "content_filter")
            return CallOutcome.Failed(CallFailureKind.Filtered, "The upstream's content filter stopped the reply.");
        if (!string.IsNullOrEmpty(message?.Refusal))
            return CallOutcome.Failed(CallFailureKind.Filtered, message.Refusal);
        if (message is null || (message.Content is null && message.Thinking is null && reason is null))
            return CallOutcome.Failed(CallFailureKind.Malformed, "The upstream returned a choice without a message.");

        string text = message.Text ?? "";
        int end = StopCut.EndOf(text, options.StopSequences);
        IReadOnlyList<TokenLogProbability> tokens = TokensOf(choice.Logprobs);
        return new CallOutcome
        {
            Text = text[..end],
            Thinking = message.Thinking,
            FinishReason = end < text.Length ? "stop" : reason,
            LogProbabilities = end < text.Length ? StopCut.Cut(tokens, end) : tokens,
            Metadata = message.ToolCalls is { ValueKind: JsonValueKind.Array } calls && calls.GetArrayLength() > 0 ? OutcomeNotes.ToolCalls(calls)
                : end < text.Length ? OutcomeNotes.Emulated("stop") : OutcomeNotes.None,
        };
    }

    private static IReadOnlyList<TokenLogProbability> TokensOf(ReplyLogProbabilities? logprobs) =>
        logprobs?.Content is not { } content ? [] :
        [
            .. content.OfType<ReplyToken>().Select(t => new TokenLogProbability(
                t.Token ?? "",
                LogProbability(t),
                [.. (t.TopLogprobs ?? []).OfType<ReplyToken>().Select(a => new TokenAlternative(a.Token ?? "", LogProbability(a)))])),
        ];

    // -9999 is OpenAI's own word for "not among the most likely".
    private static double LogProbability(ReplyToken token) => Math.Clamp(token.Logprob ?? -9999, -9999, 0);
}
