using Agents.Answers;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// How far the model preferred the tokens of its answer: the mean of P(first) − P(second) over the tokens in which the answer
/// stands, and no others. Wang and Zhou 2024 (CoT-decoding), arXiv:2402.10200.
/// </summary>
internal static class AnswerMargin
{
    /// <summary>Alternatives a token that are needed.</summary>
    public const int Alternatives = 2;

    /// <summary>Δ in 0–1; null where the answer's place in the text or its tokens cannot be told.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="tokens">Its tokens from <paramref name="from"/> on, with two alternatives at least.</param>
    /// <param name="answer">The answer that it states.</param>
    /// <param name="expected">The kind of answer.</param>
    /// <param name="from">Where the first token begins.</param>
    public static double? Of(string text, IReadOnlyList<TokenLogProbability> tokens, Answer answer, AnswerKind expected, int from = 0)
    {
        if (SpanOf(text, answer, expected) is not var (start, end) || TokenSpans.Begins(text, tokens, from) is not { } begins)
            return null;
        TokenLogProbability[] inside = [.. tokens.Where((token, i) => begins[i] < end && begins[i] + token.Token.Length > start)];
        return inside.Length == 0 || inside.Any(t => t.Alternatives.Count < Alternatives) ? null : inside.Average(Margin);
    }

    /// <summary>Where the answer stands: where an extractor reads it, else the last place where its text stands.</summary>
    private static (int Start, int End)? SpanOf(string text, Answer answer, AnswerKind expected)
    {
        if (AnswerExtractor.Default.ExtractWithSpan(text, expected) is { Length: > 0 } found && found.Answer.Canonical == answer.Canonical)
            return (found.Start, found.Start + found.Length);
        int at = answer.Text.Length == 0 ? -1 : text.LastIndexOf(answer.Text, StringComparison.Ordinal);
        return at < 0 ? null : (at, at + answer.Text.Length);
    }

    private static double Margin(TokenLogProbability token) =>
        Math.Clamp(Math.Exp(token.Alternatives[0].LogProbability) - Math.Exp(token.Alternatives[1].LogProbability), 0, 1);
}
