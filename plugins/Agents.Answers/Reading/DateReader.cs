using System.Globalization;

namespace Agents.Answers.Reading;

/// <summary>Reads dates: 12/13/2001, 2001-12-13, 13.12.2001, December 13, 2001, 13th of Dec 2001, 2001年12月13日, with or without a weekday.</summary>
internal static class DateReader
{
    private const int LeapYear = 2000;

    private static readonly string[] Months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static CalendarDate? Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length is < 5 or > 40 || text.IndexOfAnyInRange('0', '9') < 0) return null;
        Span<int> numbers = stackalloc int[3];
        Span<int> widths = stackalloc int[3];
        int count = 0, monthAt = -1, month = 0;
        char separator = '\0';
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            int start = i;
            if (char.IsAsciiDigit(c))
            {
                while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
                if (count == 3 || i - start > 4) return null;
                widths[count] = i - start;
                numbers[count++] = int.Parse(text[start..i], CultureInfo.InvariantCulture);
            }
            else if (char.IsAsciiLetter(c))
            {
                while (i < text.Length && char.IsAsciiLetter(text[i])) i++;
                ReadOnlySpan<char> word = text[start..i];
                if (IndexOf(Months, word) is >= 0 and var found)
                {
                    if (month != 0) return null;
                    month = found + 1;
                    monthAt = count;
                }
                else if (IndexOf(Weekdays, word) < 0 && !IsFiller(word)) return null;
            }
            else
            {
                if (c is '/' or '-' or '.' or '年')
                {
                    if (count is 1 or 2 && separator == '\0') separator = c;
                    else if (c is '/' or '-' && c != separator) return null;
                }
                else if (c is not (' ' or ',' or '月' or '日')) return null;
                i++;
            }
        }

        if (month != 0) return count == 2 ? Named(numbers, widths, monthAt, month) : count == 1 ? WithoutYear(numbers[0], widths[0], month) : null;
        return count == 3 && separator != '\0' ? Numeric(numbers, widths) : null;
    }

    private static bool IsFiller(ReadOnlySpan<char> word) => word.Equals("st", StringComparison.OrdinalIgnoreCase) || word.Equals("nd", StringComparison.OrdinalIgnoreCase)
        || word.Equals("rd", StringComparison.OrdinalIgnoreCase) || word.Equals("th", StringComparison.OrdinalIgnoreCase) || word.Equals("of", StringComparison.OrdinalIgnoreCase) || word.Equals("the", StringComparison.OrdinalIgnoreCase);

    private static int IndexOf(string[] names, ReadOnlySpan<char> word)
    {
        if (word.Length < 3) return -1;
        for (int i = 0; i < names.Length; i++)
        {
            // An abbreviation is the first three letters, or "sept", "tues", "thur", "thurs".
            if (names[i].AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase) && (word.Length is 3 or 4 or 5 || word.Length == names[i].Length)) return i;
        }

        return -1;
    }

    private static CalendarDate? Named(Span<int> numbers, Span<int> widths, int monthAt, int month)
    {
        (int day, int year, int yearWidth) = widths[0] == 4 ? (numbers[1], numbers[0], 4) : (numbers[0], numbers[1], widths[1]);
        return monthAt <= 1 && Of(year, yearWidth, month, day) is { } date ? new CalendarDate(date, date) : null;
    }

    /// <summary>"July 4": a leap year stands for every year.</summary>
    private static CalendarDate? WithoutYear(int day, int width, int month) =>
        width <= 2 && Of(LeapYear, 4, month, day) is { } date ? new CalendarDate(date, date, HasYear: false) : null;

    private static CalendarDate? Numeric(Span<int> numbers, Span<int> widths)
    {
        if (widths[0] == 4)
        {
            DateOnly? date = Of(numbers[0], 4, numbers[1], numbers[2]);
            return date is null ? null : new CalendarDate(date, date);
        }

        DateOnly? monthFirst = Of(numbers[2], widths[2], numbers[0], numbers[1]);
        DateOnly? dayFirst = Of(numbers[2], widths[2], numbers[1], numbers[0]);
        return monthFirst is null && dayFirst is null ? null : new CalendarDate(monthFirst, dayFirst);
    }

    /// <summary>Two-digit years are of 1950–2049.</summary>
    private static DateOnly? Of(int year, int width, int month, int day)
    {
        if (width == 2) year += year < 50 ? 2000 : 1900;
        else if (width != 4) return null;
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }
}
