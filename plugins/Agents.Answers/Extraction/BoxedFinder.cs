using System.Text;
using Agents.Answers.Expressions;

namespace Agents.Answers.Extraction;

/// <summary>Finds the last \boxed{…} or \fbox{…}, and the boxes before it that belong to the same statement ("\boxed{1} and \boxed{2}").</summary>
internal static class BoxedFinder
{
    private const int MaxBoxes = 64;
    private const int MaxGap = 200;
    private const int MaxContent = 20_000;

    private readonly record struct Box(Span Whole, Span Content);

    /// <summary>The content of the last box, or the contents of the last group joined by commas; null when there is none.</summary>
    public static (string Content, Span Span)? Find(string text, Span within)
    {
        List<Box> boxes = Boxes(text, within);
        if (boxes.Count == 0) return null;
        int first = boxes.Count - 1;
        while (first > 0 && Joins(text, boxes[first - 1].Whole.End, boxes[first].Whole.Start)) first--;
        Box last = boxes[^1];
        if (first == boxes.Count - 1) return (last.Content.Of(text).ToString() + Suffix(text, last.Whole.End, within.End), last.Content);
        var joined = new StringBuilder();
        for (int i = first; i < boxes.Count; i++)
        {
            if (i > first) joined.Append(", ");
            joined.Append(boxes[i].Content.Of(text));
        }

        return (joined.ToString(), new Span(boxes[first].Whole.Start, last.Whole.End));
    }

    private static List<Box> Boxes(string text, Span within)
    {
        var boxes = new List<Box>();
        int from = within.End;
        for (int tries = 0; from > within.Start && tries < MaxBoxes; tries++)
        {
            int at = text.LastIndexOf("box", from - 1, from - within.Start, StringComparison.Ordinal);
            if (at < 0) break;
            from = at;
            bool boxed = text.AsSpan(at, within.End - at).StartsWith("boxed");
            int start = at >= within.Start + 2 && text[at - 1] == 'f' && text[at - 2] == '\\' ? at - 2 : at;
            if (!boxed && start == at) continue;
            int open = at + (boxed ? 5 : 3);
            while (open < within.End && text[open] == ' ' && open < at + 20) open++;
            if (open >= within.End) continue;
            if (text[open] == '{')
            {
                int close = Braces.End(text, open, Math.Min(within.End, open + MaxContent));
                bool closed = close > open + 1 && text[close - 1] == '}';
                var content = new Span(open + 1, closed ? close - 1 : close);
                // A box inside one already found is part of it.
                if (!content.Trim(text).IsEmpty && (boxes.Count == 0 || close <= boxes[^1].Whole.Start)) boxes.Add(new Box(new Span(start, close), content));
                else if (boxes.Count > 0 && close >= boxes[^1].Whole.End) boxes[^1] = new Box(new Span(start, close), content);
            }
            else if (boxed && start > within.Start && text[start - 1] == '\\' && !char.IsAsciiLetter(text[open]) && open > start + 5)
            {
                // "\boxed 42"
                int end = open;
                while (end < within.End && !char.IsWhiteSpace(text[end]) && text[end] is not ('$' or ',')) end++;
                boxes.Add(new Box(new Span(start, end), new Span(open, end)));
            }
        }

        boxes.Reverse();
        return boxes;
    }

    /// <summary>Whether what stands between two boxes only joins them: punctuation, TeX delimiters and spaces, "and", "or", \text{…}, a name with "=".</summary>
    private static bool Joins(string text, int start, int end)
    {
        if (end - start > MaxGap) return false;
        ReadOnlySpan<char> gap = text.AsSpan(start, Math.Max(0, end - start));
        // The second box may be named: "and y_2 = \boxed{…}".
        int equals = gap.LastIndexOf('=');
        if (equals >= 0 && gap[(equals + 1)..].Trim().TrimEnd('\\').IsWhiteSpace())
        {
            int name = equals - 1;
            while (name >= 0 && gap[name] == ' ') name--;
            while (name >= 0 && (char.IsLetterOrDigit(gap[name]) || gap[name] is '_' or '{' or '}' or '\'' or '(' or ')') && gap[name] != ' ') name--;
            gap = gap[..(name + 1)];
        }

        for (int i = 0; i < gap.Length; i++)
        {
            char c = gap[i];
            if (c == '\\')
            {
                int nameEnd = i + 1;
                while (nameEnd < gap.Length && char.IsAsciiLetter(gap[nameEnd])) nameEnd++;
                if (nameEnd == i + 1) i++; // \( \) \, \[ \]
                else if (gap[(i + 1)..nameEnd] is "quad" or "qquad" or "left" or "right" or "boxed") i = nameEnd - 1;
                else if (gap[(i + 1)..nameEnd] is "text" or "mbox" or "textrm" or "mathrm" or "textbf" && nameEnd < gap.Length && gap[nameEnd] == '{')
                {
                    int close = gap[nameEnd..].IndexOf('}');
                    if (close < 0) return false;
                    i = nameEnd + close;
                }
                else if (nameEnd == gap.Length) break; // the backslash and name of the box itself
                else return false;
            }
            else if (char.IsLetter(c))
            {
                int wordEnd = i;
                while (wordEnd < gap.Length && char.IsLetter(gap[wordEnd])) wordEnd++;
                if (gap[i..wordEnd] is not ("and" or "or" or "和" or "或" or "und" or "et")) return false;
                i = wordEnd - 1;
            }
            else if (char.IsDigit(c) || c == '=' || c == '\n' && i + 1 < gap.Length && gap[i + 1] == '\n') return false;
        }

        // "\boxed{3}\n\nFinal: \boxed{3}" has words; "\boxed{3}$. $\boxed{3}" is two statements.
        return gap.IndexOf(". ") < 0 && gap.IndexOf(".\n") < 0;
    }

    /// <summary>"\boxed{28}$ pct", "\boxed{20}\%": a percent sign just outside belongs to the answer.</summary>
    private static string Suffix(string text, int from, int end)
    {
        ReadOnlySpan<char> rest = text.AsSpan(from, Math.Min(24, end - from)).TrimStart("$ ");
        return rest.StartsWith("\\%") || rest.StartsWith("%") || rest.StartsWith("\\\\%") ? "\\%"
            : rest.StartsWith("percent") || rest.StartsWith("pct") ? "\\%"
            : rest.StartsWith("^\\circ") || rest.StartsWith("°") ? "°"
            : string.Empty;
    }
}
