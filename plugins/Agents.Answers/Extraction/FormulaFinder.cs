namespace Agents.Answers.Extraction;

/// <summary>Finds formulas between TeX delimiters: $…$, $$…$$, \(…\), \[…\]. A dollar sign before an amount is no delimiter.</summary>
internal static class FormulaFinder
{
    private const int MaxScan = 20_000;

    /// <summary>The last formula, or the last formulas joined by commas, "and", "or"; null when there is none.</summary>
    public static Span? Last(string text, Span within)
    {
        List<Span> formulas = All(text, new Span(Math.Max(within.Start, within.End - MaxScan), within.End));
        if (formulas.Count == 0) return null;
        int first = formulas.Count - 1;
        while (first > 0 && IsConnective(text.AsSpan(formulas[first - 1].End, formulas[first].Start - formulas[first - 1].End))) first--;
        return new Span(formulas[first].Start, formulas[^1].End);
    }

    /// <summary>The formula, or joined formulas, that begin at the start of the span; null when it begins otherwise.</summary>
    public static Span? Leading(string text, Span within)
    {
        if (within.IsEmpty || text[within.Start] is not ('$' or '\\')) return null;
        List<Span> formulas = All(text, new Span(within.Start, Math.Min(within.End, within.Start + MaxScan)));
        if (formulas.Count == 0 || formulas[0].Start != within.Start) return null;
        int last = 0;
        while (last + 1 < formulas.Count && IsConnective(text.AsSpan(formulas[last].End, formulas[last + 1].Start - formulas[last].End))) last++;
        return new Span(within.Start, formulas[last].End);
    }

    private static bool IsConnective(ReadOnlySpan<char> gap)
    {
        gap = gap.Trim(" ,\n\r\t");
        return gap.Length == 0 || gap is "and" or "or" or "和" or "或" or "et" or "und" or "\\quad" or "\"" ;
    }

    private static List<Span> All(string text, Span within)
    {
        var formulas = new List<Span>();
        for (int i = within.Start; i < within.End; i++)
        {
            char c = text[i];
            char next = i + 1 < within.End ? text[i + 1] : '\0';
            int end = -1;
            if (c == '\\' && next is '(' or '[' && !(i > within.Start && text[i - 1] == '\\'))
            {
                end = IndexOf(text, next == '(' ? "\\)" : "\\]", i + 2, within.End);
                end = end < 0 ? -1 : end + 2;
            }
            else if (c == '\\') i++;
            else if (c == '$')
            {
                bool display = next == '$';
                int close = IndexOf(text, display ? "$$" : "$", i + (display ? 2 : 1), within.End);
                while (!display && close > 0 && text[close - 1] == '\\') close = IndexOf(text, "$", close + 1, within.End);
                if (close >= 0 && (display || IsFormula(text.AsSpan(i + 1, close - i - 1)))) end = close + (display ? 2 : 1);
                else if (display) i++;
            }

            if (end < 0) continue;
            formulas.Add(new Span(i, end));
            i = end - 1;
        }

        return formulas;
    }

    private static int IndexOf(string text, string mark, int from, int end) => from >= end ? -1 : text.IndexOf(mark, from, end - from, StringComparison.Ordinal);

    /// <summary>Whether what stands between two dollar signs is a formula and not "5 and then paid ".</summary>
    private static bool IsFormula(ReadOnlySpan<char> content)
    {
        if (content.Length == 0 || content.IndexOf("\n\n") >= 0) return false;
        if (!char.IsAsciiDigit(content[0])) return content.Length < 2000;
        int words = 0;
        for (int i = 0; i < content.Length; i++)
        {
            if (content[i] == '\\')
            {
                while (i + 1 < content.Length && (char.IsAsciiLetter(content[i + 1]) || content[i + 1] == '{')) i++; // a command, and the text in \text{…}
                continue;
            }

            int start = i;
            while (i < content.Length && char.IsAsciiLetter(content[i])) i++;
            if (i - start > 2 && start > 0 && content[start - 1] == ' ') words++;
        }

        return words == 0;
    }
}
