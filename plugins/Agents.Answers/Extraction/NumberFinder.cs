namespace Agents.Answers.Extraction;

/// <summary>Finds numbers in prose: sign, thousands, decimals, exponent, a fraction, a mixed number, currency before and percent after.</summary>
internal static class NumberFinder
{
    /// <summary>The last number in the span, or null.</summary>
    public static Span? Last(string text, Span within)
    {
        int end = within.End;
        while (end > within.Start)
        {
            int digit = text.AsSpan(within.Start, end - within.Start).LastIndexOfAnyInRange('0', '9');
            if (digit < 0) return null;
            end = within.Start + digit + 1;
            // Back to the start of the run, then read forward.
            int start = digit + within.Start;
            while (start > within.Start && IsNumberPart(text, start - 1, within)) start--;
            while (start < end && !char.IsAsciiDigit(text[start]) && text[start] != '.') start++;
            Span? last = null;
            for (int at = start; at < end;)
            {
                Span found = ReadAt(text, at, within);
                if (IsPartOfName(text, found.Start, within.Start))
                {
                    at = found.End;
                    continue;
                }

                last = found;
                at = Math.Max(found.End, at + 1);
                while (at < end && !char.IsAsciiDigit(text[at]) && text[at] != '.') at++;
            }

            if (last is { } span) return Extend(text, span, within);
            end = start;
        }

        return null;
    }

    /// <summary>The first number in the span, or null.</summary>
    public static Span? First(string text, Span within)
    {
        for (int i = within.Start; i < within.End; i++)
        {
            if (!char.IsAsciiDigit(text[i])) continue;
            Span found = ReadAt(text, i > within.Start && text[i - 1] == '.' && (i < 2 + within.Start || !char.IsAsciiDigit(text[i - 2])) ? i - 1 : i, within);
            if (!IsPartOfName(text, found.Start, within.Start)) return Extend(text, found, within);
            i = found.End;
        }

        return null;
    }

    private static bool IsNumberPart(string text, int index, Span within)
    {
        char c = text[index];
        if (char.IsAsciiDigit(c)) return true;
        bool between = index + 1 < within.End && char.IsAsciiDigit(text[index + 1]);
        return between && (c is '.' || (c is ',' or '/' && index > within.Start && char.IsAsciiDigit(text[index - 1])));
    }

    /// <summary>"x1", "A2": digits that belong to a word are no number.</summary>
    private static bool IsPartOfName(string text, int start, int from) => start > from && (char.IsAsciiLetter(text[start - 1]) || (text[start - 1] == '_' && start > from + 1 && char.IsAsciiLetter(text[start - 2])));

    private static Span ReadAt(string text, int start, Span within)
    {
        int i = Digits(text, start, within.End);
        bool grouped = i - start is >= 1 and <= 3;
        while (grouped && i + 3 < within.End && IsGroupSeparator(text, i) && Digits(text, i + 1, within.End) - i == 4) i += 4;
        if (i + 1 < within.End && text[i] is '.' or ',' && char.IsAsciiDigit(text[i + 1]))
        {
            int after = Digits(text, i + 1, within.End);
            // "2,74" is one number, "1,2,3" are three.
            if (text[i] == '.' || !(after < within.End && text[after] == ',' && after + 1 < within.End && char.IsAsciiDigit(text[after + 1]))) i = after;
        }

        if (i + 1 < within.End && text[i] is 'e' or 'E')
        {
            int sign = text[i + 1] is '-' or '+' ? 2 : 1;
            int after = Digits(text, i + sign, within.End);
            if (after > i + sign && !(after < within.End && char.IsAsciiLetter(text[after]))) i = after;
        }

        return new Span(start, i);
    }

    private static bool IsGroupSeparator(string text, int i) => text[i] is ',' or '\u00A0' or '\u2009' or '\u202F' || (text[i] == ' ' && char.IsAsciiDigit(text[i + 1]));

    private static int Digits(string text, int i, int end)
    {
        if (i < end && text[i] == '.') i++;
        while (i < end && char.IsAsciiDigit(text[i])) i++;
        return i;
    }

    /// <summary>Adds the denominator of a fraction, a sign, currency, and percent.</summary>
    private static Span Extend(string text, Span number, Span within)
    {
        (int start, int end) = (number.Start, number.End);
        if (end + 1 < within.End && text[end] == '/' && char.IsAsciiDigit(text[end + 1])) end = ReadAt(text, end + 1, within).End;
        else if (start - 1 > within.Start && text[start - 1] == '/' && char.IsAsciiDigit(text[start - 2]))
        {
            int numerator = start - 1;
            while (numerator > within.Start && char.IsAsciiDigit(text[numerator - 1])) numerator--;
            start = numerator;
        }

        // 1 1/2
        if (start - 2 >= within.Start && text.AsSpan(start, end - start).Contains('/') && text[start - 1] == ' ' && char.IsAsciiDigit(text[start - 2]))
        {
            int whole = start - 1;
            while (whole > within.Start && char.IsAsciiDigit(text[whole - 1])) whole--;
            if (whole == within.Start || !(char.IsLetterOrDigit(text[whole - 1]) || text[whole - 1] is '.' or ',')) start = whole;
        }

        if (start > within.Start && text[start - 1] is '$' or '€' or '£' or '¥' or '₹') start--;
        if (start > within.Start && text[start - 1] == '\\') start--;
        if (start > within.Start && text[start - 1] is '-' or '−' && (start - 1 == within.Start || !(char.IsLetterOrDigit(text[start - 2]) || text[start - 2] is ')' or '}' or '%') || false)) start--;
        int tail = end;
        while (tail < within.End && text[tail] is ' ' or '\\') tail++;
        if (tail < within.End && text[tail] is '%' or '°') end = tail + 1;
        return new Span(start, end);
    }
}
