using Agents.Answers.Reading;

namespace Agents.Answers.Extraction;

/// <summary>Finds values of a known kind in prose: choice letters, dates, times, yes and no.</summary>
internal static class KindFinder
{
    private const int MaxScan = 8_000;
    private const int MaxDateLength = 34;

    /// <summary>The first choice letter that stands alone.</summary>
    public static Span? FirstChoice(string text, Span within)
    {
        for (int i = within.Start; i < within.End; i++)
        {
            if (IsChoice(text, i, within)) return new Span(i, i + 1);
        }

        return null;
    }

    /// <summary>The choice a text without cue states: a letter that opens it, else the last one in brackets or bold, else the last that stands alone.</summary>
    public static Span? StatedChoice(string text, Span within)
    {
        within = within.Trim(text);
        int lead = within.Start;
        while (lead < within.End && text[lead] is '(' or '*' or '[' or '$') lead++;
        if (lead < within.End && IsChoice(text, lead, within) && (lead + 1 == within.End || text[lead + 1] is not ' ' || lead > within.Start)) return new Span(lead, lead + 1);
        Span? last = null, marked = null;
        for (int i = within.Start; i < within.End; i++)
        {
            if (!IsChoice(text, i, within)) continue;
            last = new Span(i, i + 1);
            bool opens = i > within.Start && text[i - 1] is '(' or '*' or '{' or '[';
            if (opens && i + 1 < within.End && text[i + 1] is ')' or '*' or '}' or ']') marked = last;
        }

        return marked ?? last;
    }

    private static bool IsChoice(string text, int i, Span within)
    {
        char c = text[i];
        if (c is < 'A' or > ChoiceReader.Last) return false;
        if (i > within.Start && (char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] is '\'' or '’' or '_' or '\\' or '-' || char.IsLetter(text[i - 1]) && text[i - 1] < '\u0250')) return false;
        if (i + 1 == within.End) return true;
        char next = text[i + 1];
        if (char.IsAsciiLetterOrDigit(next) || next is '\'' or '’' or '_' || (next < '\u0250' && char.IsLetter(next))) return false;
        // "A dog" and "I think": an article and a pronoun.
        bool isWord = c is 'A' or 'I' && next == ' ' && i + 2 < within.End && char.IsAsciiLetterLower(text[i + 2]);
        return !isWord || StartsConnective(text.AsSpan(i + 2, within.End - i - 2));
    }

    private static bool StartsConnective(ReadOnlySpan<char> rest) =>
        rest.StartsWith("and ") || rest.StartsWith("or ") || rest.StartsWith("is ") || rest.StartsWith("because ") || rest.StartsWith("since ") || rest.StartsWith("as ") || rest.StartsWith("non ") || rest.StartsWith("not ");

    public static Span? LastDate(string text, Span within)
    {
        for (int i = within.End - 1; i >= Math.Max(within.Start, within.End - MaxScan); i--)
        {
            if (StartsWord(text, i, within) && DateAt(text, i, within) is { } date)
            {
                // "December 13, 2001" is also "13, 2001" from a later start; take the earliest start that ends here.
                Span best = date;
                for (int j = i - 1; j >= Math.Max(within.Start, i - 20); j--)
                {
                    if (StartsWord(text, j, within) && DateAt(text, j, within) is { } wider && wider.End == date.End) best = wider;
                }

                return best;
            }
        }

        return null;
    }

    private static bool StartsWord(string text, int i, Span within) => char.IsAsciiLetterOrDigit(text[i]) && (i == within.Start || !char.IsAsciiLetterOrDigit(text[i - 1]));

    private static Span? DateAt(string text, int start, Span within)
    {
        int limit = Math.Min(within.End, start + MaxDateLength);
        int stop = start;
        while (stop < limit && (char.IsAsciiLetterOrDigit(text[stop]) || text[stop] is ' ' or ',' or '/' or '-' or '.' or '年' or '月' or '日')) stop++;
        for (int end = stop; end > start + 5; end--)
        {
            bool atBoundary = end == within.End || !char.IsAsciiLetterOrDigit(text[end]) || !char.IsAsciiLetterOrDigit(text[end - 1]);
            if (atBoundary && (char.IsAsciiDigit(text[end - 1]) || char.IsAsciiLetter(text[end - 1]) || text[end - 1] == '日') && DateReader.Read(text.AsSpan(start, end - start)) is not null) return new Span(start, end);
        }

        return null;
    }

    public static Span? LastTime(string text, Span within)
    {
        for (int i = within.End - 1; i >= Math.Max(within.Start, within.End - MaxScan); i--)
        {
            if (!char.IsAsciiDigit(text[i]) || (i > within.Start && (char.IsAsciiDigit(text[i - 1]) || text[i - 1] is ':' or '.'))) continue;
            for (int end = Math.Min(within.End, i + 13); end > i + 2; end--)
            {
                if ((end == within.End || !char.IsAsciiLetterOrDigit(text[end])) && TimeReader.Read(text.AsSpan(i, end - i)) is not null) return new Span(i, end);
            }
        }

        return null;
    }

    /// <summary>The last (or first) yes, no, true or false that stands alone.</summary>
    public static Span? Boolean(string text, Span within, bool first)
    {
        Span? found = null;
        for (int i = within.Start; i < within.End; i++)
        {
            if (!char.IsAsciiLetter(text[i])) continue;
            int end = i;
            while (end < within.End && char.IsAsciiLetter(text[end])) end++;
            if (end - i <= 5 && BooleanReader.Read(text.AsSpan(i, end - i)) is not null)
            {
                found = new Span(i, end);
                if (first) return found;
            }

            i = end;
        }

        if (found is not null) return found;
        Span trimmed = within.Trim(text);
        return BooleanReader.Read(trimmed.Of(text)) is null ? null : trimmed;
    }
}
