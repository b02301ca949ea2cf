namespace Agents.Answers.Extraction;

/// <summary>Finds the part of model text that may state the final answer: thinking and what follows a turn's end are set aside.</summary>
internal static class FinalText
{
    private static readonly string[] ThinkOpen = ["<think>", "<thinking>", "<thought>", "<reasoning>", "<|begin_of_thought|>", "<|channel|>analysis"];
    private static readonly string[] ThinkClose = ["</think>", "</thinking>", "</thought>", "</reasoning>", "<|end_of_thought|>", "<|channel|>final<|message|>"];
    private static readonly string[] TurnEnds = ["<|im_end|>", "<|im_start|>", "<|eot_id|>", "<|endoftext|>", "<|end|>", "<|return|>", "</s>", "<end_of_turn>", "<|end_of_text|>"];

    /// <summary>The span of final text, at most <paramref name="maxLength"/> characters from the end; empty when there is none.</summary>
    public static Span Of(string text, int maxLength)
    {
        var span = new Span(Math.Max(0, text.Length - maxLength), text.Length);
        if (text.IndexOf('<', span.Start) < 0) return span;
        (int closeAt, int closeEnd) = Last(text, span, ThinkClose);
        (int openAt, _) = Last(text, new Span(Math.Max(span.Start, closeAt), span.End), ThinkOpen);
        if (openAt >= 0 && openAt > closeAt)
        {
            // Thinking that never closed: only what precedes it, and follows earlier thinking, is final.
            span = new Span(closeEnd >= 0 ? closeEnd : span.Start, openAt);
        }
        else if (closeAt >= 0)
        {
            var after = new Span(closeEnd, span.End);
            (int firstOpen, _) = First(text, span, ThinkOpen);
            // All after the last close; when that is empty, what came before the thinking.
            span = CutTurn(text, after).Trim(text).IsEmpty && firstOpen > span.Start ? new Span(span.Start, firstOpen) : after;
        }

        return CutTurn(text, span);
    }

    private static Span CutTurn(string text, Span span)
    {
        Span trimmed = span.Trim(text);
        for (int at = text.IndexOf('<', trimmed.Start, Math.Max(0, trimmed.Length)); at >= 0; at = text.IndexOf('<', at + 1, trimmed.End - at - 1))
        {
            if (at > trimmed.Start && MarkAt(text, at, TurnEnds) > 0) return new Span(trimmed.Start, at);
        }

        return trimmed;
    }

    private static int MarkAt(string text, int at, string[] marks)
    {
        if (at + 1 >= text.Length || text[at + 1] is not ('|' or '/' or 't' or 'T' or 'r' or 'R' or 'e')) return 0;
        foreach (string mark in marks)
        {
            if (text.AsSpan(at).StartsWith(mark, StringComparison.OrdinalIgnoreCase)) return mark.Length;
        }

        return 0;
    }

    private static (int Start, int End) Last(string text, Span span, string[] marks)
    {
        for (int end = span.End; end > span.Start;)
        {
            int at = text.LastIndexOf('<', end - 1, end - span.Start);
            if (at < 0) break;
            if (MarkAt(text, at, marks) is > 0 and var length) return (at, at + length);
            end = at;
        }

        return (-1, -1);
    }

    private static (int Start, int End) First(string text, Span span, string[] marks)
    {
        for (int at = text.IndexOf('<', span.Start, span.Length); at >= 0; at = text.IndexOf('<', at + 1, span.End - at - 1))
        {
            if (MarkAt(text, at, marks) is > 0 and var length) return (at, at + length);
        }

        return (-1, -1);
    }
}
