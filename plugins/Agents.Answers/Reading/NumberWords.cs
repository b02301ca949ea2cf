using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;

namespace Agents.Answers.Reading;

/// <summary>Rewrites number words at the start of an answer as digits: "twenty-one" → "21", "two thirds" → "2/3", "negative 5" → "-5", "three and a half hours" → "3 1/2 hours".</summary>
internal static class NumberWords
{
    private const int MaxLength = 80;
    private const int MaxRest = 3;

    private static readonly string[] Small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    private static readonly string[] Parts = ["half", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

    private static readonly FrozenDictionary<string, int> Cardinals = Small.Select((w, i) => (w, i)).Concat(Tens.Select((w, i) => (w, 20 + (10 * i)))).ToFrozenDictionary(p => p.Item1, p => p.Item2, StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<string, int> Multipliers = new Dictionary<string, int> { ["hundred"] = 100, ["thousand"] = 1000, ["million"] = 1_000_000, ["billion"] = 1_000_000_000 }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<string, int> Denominators = Parts.Select((w, i) => (w, i + 2))
        .Concat([("quarter", 4), ("halve", 2), ("sixteenth", 16), ("twentieth", 20), ("hundredth", 100), ("thousandth", 1000)]).ToFrozenDictionary(p => p.Item1, p => p.Item2, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> CardinalBySpan = Cardinals.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text with its leading number words as digits, or null when it begins with none or goes on at length.</summary>
    public static string? Rewrite(string text)
    {
        if (text.StartsWith("\\text{", StringComparison.Ordinal) && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1) text = text[6..^1];
        if (text.Length == 0) return null;
        if (text[0] > 127) return ChineseNumber.Rewrite(text);
        if (text.Length is < 3 or > MaxLength || !char.IsAsciiLetter(text[0]) || !Begins(text)) return null;
        string[] words = text.Split((char[])[' ', '-', '\u00A0'], StringSplitOptions.RemoveEmptyEntries);
        bool negative = Is(words[0], "negative") || Is(words[0], "minus");
        int at = negative ? 1 : 0;
        if (at >= words.Length) return null;
        string sign = negative ? "-" : string.Empty;
        if (negative && (!char.IsAsciiLetter(words[1][0]) || Is(words[1], "infinity"))) return sign + text[(words[0].Length + 1)..].Trim();
        if (Number(words, ref at) is not { } value) return null;
        if (Odds(words, at) is { } odds) return $"{sign}{value}{odds}";
        ReadOnlySpan<string> rest = words.AsSpan(at);
        if (rest.Length > MaxRest) return null;
        foreach (string word in rest)
        {
            if (!char.IsAsciiLetterLower(word[0]) && word[0] != '%') return null; // "Seven Samurai"
        }

        return rest.Length == 0 ? sign + value : $"{sign}{value} {string.Join(' ', rest)}";
    }

    /// <summary>The last run of number words in a span, or null.</summary>
    public static (int Start, int End)? Last(string text, int start, int end)
    {
        (int Start, int End)? last = null;
        for (int i = start; i < end;)
        {
            if (!char.IsAsciiLetter(text[i]))
            {
                i++;
                continue;
            }

            int stop = i;
            while (stop < end && char.IsAsciiLetter(text[stop])) stop++;
            ReadOnlySpan<char> word = text.AsSpan(i, stop - i);
            bool isName = stop + 3 < end && text.AsSpan(stop).StartsWith(" of "); // "one of the boys"
            isName |= char.IsAsciiLetterUpper(word[0]) && i > start && text[i - 1] == ' '; // "The Four Seasons"
            isName |= word is "one" && i > start + 2 && text.AsSpan(start, i - start).TrimEnd().EndsWith("no", StringComparison.OrdinalIgnoreCase);
            if (!isName && CardinalBySpan.ContainsKey(word)) last = last is { } run && run.End >= i - 1 ? (run.Start, stop) : (i, stop);
            else if (last is { } open && open.End == i - 1 && Multipliers.ContainsKey(word.ToString())) last = (open.Start, stop);
            i = stop;
        }

        return last;
    }

    private static bool Begins(ReadOnlySpan<char> text)
    {
        int end = 0;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        ReadOnlySpan<char> first = text[..end];
        return CardinalBySpan.ContainsKey(first) || first.Equals("negative", StringComparison.OrdinalIgnoreCase) || first.Equals("minus", StringComparison.OrdinalIgnoreCase)
            || first.Equals("half", StringComparison.OrdinalIgnoreCase) || (first is "a" or "A" or "an" && end < text.Length && text[end] is ' ' or '-');
    }

    /// <summary>The digits of the words from an index on, which moves past them.</summary>
    private static string? Number(string[] words, ref int at)
    {
        if (Is(words[at], "half")) return Fraction(words, ref at, 1);
        bool article = words[at] is "a" or "A" or "an";
        if (article) at++;
        if (at >= words.Length) return null;
        if (article && !Multipliers.ContainsKey(words[at])) return Fraction(words, ref at, 1);
        BigInteger total = 0, group = article ? 1 : 0;
        bool any = article;
        while (at < words.Length)
        {
            if (Cardinals.TryGetValue(words[at], out int cardinal))
            {
                if (any && group % 10 != 0 || (any && group % 100 != 0 && cardinal > 9)) break; // "two three"
                group += cardinal;
            }
            else if (any && Multipliers.TryGetValue(words[at], out int multiplier))
            {
                if (multiplier == 100) group *= 100;
                else (total, group) = (total + (group * multiplier), 0);
            }
            else if (!(any && Is(words[at], "and") && at + 1 < words.Length && Cardinals.ContainsKey(words[at + 1]) && !IsFraction(words, at + 2))) break;
            any = true;
            at++;
        }

        if (!any) return null;
        BigInteger whole = total + group;
        if (IsFraction(words, at) && whole < 1000) return Fraction(words, ref at, (int)whole);
        string digits = whole.ToString(CultureInfo.InvariantCulture);
        if (at + 1 < words.Length && Is(words[at], "point"))
        {
            string decimals = string.Empty;
            for (at++; at < words.Length && Cardinals.TryGetValue(words[at], out int digit) && digit < 10; at++) decimals += digit.ToString(CultureInfo.InvariantCulture);
            return decimals.Length == 0 ? null : $"{digits}.{decimals}";
        }

        if (at + 2 < words.Length && Is(words[at], "and") && IsFraction(words, at + 2))
        {
            int top = Cardinals.GetValueOrDefault(words[at + 1], 1);
            at += 2;
            return $"{digits} {Fraction(words, ref at, top)}";
        }

        return digits;
    }

    /// <summary>"one in four", "three out of five", "two to one": the rest of a ratio that ends the text, or null.</summary>
    private static string? Odds(string[] words, int at)
    {
        if (at >= words.Length) return null;
        int next = Is(words[at], "in") || Is(words[at], "to") ? at + 1 : Is(words[at], "out") && at + 1 < words.Length && Is(words[at + 1], "of") ? at + 2 : words.Length;
        if (next >= words.Length || Number(words, ref next) is not { } other || next < words.Length) return null;
        return $"{(Is(words[at], "to") ? ':' : '/')}{other}";
    }

    private static bool IsFraction(string[] words, int at) => at < words.Length && Denominators.ContainsKey(Singular(words[at]));

    private static string? Fraction(string[] words, ref int at, int top)
    {
        if (!Denominators.TryGetValue(Singular(words[at]), out int bottom)) return null;
        at++;
        return $"{top.ToString(CultureInfo.InvariantCulture)}/{bottom.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Singular(string word) => word.EndsWith('s') ? word[..^1] : word;

    private static bool Is(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);
}
