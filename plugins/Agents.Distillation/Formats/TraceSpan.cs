namespace Agents.Distillation;

/// <summary>A step of a trace as it stands in its text.</summary>
/// <param name="Text">Its words, without tags.</param>
/// <param name="End">Where what the step belongs to ends: after its closing tag or its line. The text up to here is the prefix.</param>
internal readonly record struct TraceSpan(string Text, int End)
{
    /// <summary>The steps of a text, in order: marked ones where it has any, else its lines that are not blank.</summary>
    public static IReadOnlyList<TraceSpan> Of(string text) => TraceSteps.AreMarked(text) ? Marked(text) : Lines(text);

    private static List<TraceSpan> Marked(string text)
    {
        const string open = "<step>", close = "</step>";
        var spans = new List<TraceSpan>();
        for (int at = text.IndexOf(open, StringComparison.Ordinal); at >= 0;)
        {
            int start = at + open.Length, end = text.IndexOf(close, start, StringComparison.Ordinal);
            if (end < 0)
                break;
            spans.Add(new TraceSpan(text[start..end], end + close.Length));
            at = text.IndexOf(open, end, StringComparison.Ordinal);
        }

        return spans;
    }

    private static List<TraceSpan> Lines(string text)
    {
        var spans = new List<TraceSpan>();
        for (int start = 0; start < text.Length;)
        {
            int next = text.IndexOf('\n', start);
            int end = next < 0 ? text.Length : next + 1;
            string line = text[start..end].Replace("<think>", "", StringComparison.Ordinal).Replace("</think>", "", StringComparison.Ordinal).Trim();
            if (line.Length > 0)
                spans.Add(new TraceSpan(line, end));
            start = end;
        }

        return spans;
    }
}
