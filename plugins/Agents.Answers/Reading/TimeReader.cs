namespace Agents.Answers.Reading;

/// <summary>Reads times of day: 17:30, 5:30 pm, 5 p.m., 05:30:15, noon, midnight.</summary>
internal static class TimeReader
{
    public static ClockTime? Read(ReadOnlySpan<char> text)
    {
        text = text.Trim().TrimEnd('.');
        if (text.Length is < 3 or > 16) return null;
        if (text.Equals("noon", StringComparison.OrdinalIgnoreCase)) return new ClockTime(12 * 3600, true);
        if (text.Equals("midnight", StringComparison.OrdinalIgnoreCase)) return new ClockTime(0, true);
        int i = 0;
        if (Digits(text, ref i) is not { } hour || i > 2) return null;
        int minute = 0, second = 0;
        bool hasMinutes = false;
        if (i < text.Length && text[i] == ':')
        {
            int start = ++i;
            if (Digits(text, ref i) is not { } m || i - start != 2) return null;
            (minute, hasMinutes) = (m, true);
            if (i < text.Length && text[i] == ':')
            {
                start = ++i;
                if (Digits(text, ref i) is not { } s || i - start != 2) return null;
                second = s;
            }
        }

        while (i < text.Length && text[i] == ' ') i++;
        ReadOnlySpan<char> rest = text[i..];
        bool pm = IsHalf(rest, 'p'), am = IsHalf(rest, 'a');
        if (!pm && !am && (rest.Length > 0 || !hasMinutes)) return null;
        if (minute > 59 || second > 59 || hour > 24 || ((pm || am) && hour is 0 or > 12)) return null;
        if (pm || am) hour = (hour % 12) + (pm ? 12 : 0);
        return new ClockTime((((hour % 24) * 60) + minute) * 60 + second, pm || am || hour is 0 or > 12);
    }

    private static int? Digits(ReadOnlySpan<char> text, ref int i)
    {
        int start = i, value = 0;
        while (i < text.Length && i - start < 3 && char.IsAsciiDigit(text[i])) value = (value * 10) + (text[i++] - '0');
        return i == start ? null : value;
    }

    private static bool IsHalf(ReadOnlySpan<char> text, char half) =>
        text.Length is >= 2 and <= 4 && (text[0] | 0x20) == half && (text.EndsWith("m", StringComparison.OrdinalIgnoreCase) || text.EndsWith("m.", StringComparison.OrdinalIgnoreCase)) && text.Trim("aApPmM. ").Length == 0;
}
