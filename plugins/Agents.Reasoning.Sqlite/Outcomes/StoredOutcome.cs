using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Agents.Reasoning.Sqlite;

/// <summary>
/// The stored form of an outcome: the JSON of <see cref="ReasoningJson"/> as UTF-8. What comes back equals what went in, down to
/// lone surrogates (<see cref="WellFormedText"/>) and log-probabilities of minus infinity, so that a replay sees what the run saw.
/// </summary>
internal static class StoredOutcome
{
    private static readonly JsonTypeInfo<CallOutcome> typeInfo = new ReasoningJson(new JsonSerializerOptions(ReasoningJson.Readable.Options)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    }).CallOutcome;

    public static byte[] ToUtf8(CallOutcome outcome) => JsonSerializer.SerializeToUtf8Bytes(WithTexts(outcome, WellFormedText.Escape), typeInfo);

    /// <exception cref="JsonException">The bytes are not an outcome.</exception>
    public static CallOutcome FromUtf8(ReadOnlySpan<byte> utf8) =>
        WithTexts(JsonSerializer.Deserialize(utf8, typeInfo) ?? throw new JsonException("The outcome is null."), WellFormedText.Unescape);

    /// <summary>The outcome with each of its texts rewritten; the outcome itself where that changes none.</summary>
    private static CallOutcome WithTexts(CallOutcome outcome, Func<string, string> rewrite)
    {
        bool changed = false;
        CallOutcome rewritten = outcome with
        {
            Text = Text(outcome.Text),
            Thinking = Text(outcome.Thinking),
            FinishReason = Text(outcome.FinishReason),
            Failure = outcome.Failure is { } failure ? failure with { Message = Text(failure.Message)! } : null,
            LogProbabilities = outcome.LogProbabilities.Count == 0 ? outcome.LogProbabilities : [.. outcome.LogProbabilities.Select(Token)],
            Metadata = outcome.Metadata.Count == 0 ? outcome.Metadata : outcome.Metadata.ToDictionary(p => Text(p.Key)!, p => Text(p.Value)!, StringComparer.Ordinal),
        };
        return changed ? rewritten : outcome;

        string? Text(string? text)
        {
            if (text is null)
                return null;
            string result = rewrite(text);
            changed |= !ReferenceEquals(result, text);
            return result;
        }

        TokenLogProbability Token(TokenLogProbability token) => token with
        {
            Token = Text(token.Token)!,
            Alternatives = token.Alternatives.Count == 0 ? token.Alternatives : [.. token.Alternatives.Select(a => a with { Token = Text(a.Token)! })],
        };
    }
}
