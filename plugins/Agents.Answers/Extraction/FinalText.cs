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
        foreach (string end in TurnEnds)
        {
            int at = text.IndexOf(end, trimmed.Start, Math.Max(0, trimmed.Length), StringComparison.Ordinal);
            if (at > trimmed.Start) trimmed = new Span(trimmed.Start, at);
        }

        return trimmed;
    }

    private static (int Start, int End) Last(string text, Span span, string[] marks)
    {
        (int Start, int End) best = (-1, -1);
        foreach (string mark in marks)
        {
            if (span.IsEmpty) break;
            int at = text.LastIndexOf(mark, span.End - 1, span.Length, StringComparison.OrdinalIgnoreCase);
            if (at > best.Start) best = (at, at + mark.Length);
        }

        return best;
    }

    private static (int Start, int End) First(string text, Span span, string[] marks)
    {
        (int Start, int End) best = (-1, -1);
        foreach (string mark in marks)
        {
            int at = text.IndexOf(mark, span.Start, span.Length, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (best.Start < 0 || at < best.Start)) best = (at, at + mark.Length);
        }

        return best;
    }
}
