using System.Text;

namespace Agents.Rewards;

/// <summary>The words of prose with their scripts. Code, formulas, tags, links, numbers and single letters are passed over.</summary>
internal static class ScriptWords
{
    private static readonly Dictionary<string, WordScript[]> languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = [WordScript.Latin], ["de"] = [WordScript.Latin], ["fr"] = [WordScript.Latin], ["es"] = [WordScript.Latin], ["it"] = [WordScript.Latin],
        ["pt"] = [WordScript.Latin], ["nl"] = [WordScript.Latin], ["pl"] = [WordScript.Latin],
        ["zh"] = [WordScript.Han], ["ja"] = [WordScript.Han, WordScript.Kana], ["ko"] = [WordScript.Hangul],
        ["ru"] = [WordScript.Cyrillic], ["uk"] = [WordScript.Cyrillic], ["bg"] = [WordScript.Cyrillic], ["el"] = [WordScript.Greek],
        ["ar"] = [WordScript.Arabic], ["fa"] = [WordScript.Arabic], ["he"] = [WordScript.Hebrew], ["hi"] = [WordScript.Devanagari], ["th"] = [WordScript.Thai],
    };

    public static IEnumerable<string> Languages => languages.Keys;

    public static WordScript[]? ScriptsOf(string language) => languages.GetValueOrDefault(language);

    /// <summary>The script of each word of the text.</summary>
    public static IEnumerable<WordScript> Of(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int skipped = Passed(text, at);
            if (skipped > 0)
            {
                at += skipped;
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length);
            if (!Rune.IsLetter(rune))
            {
                at += Rune.IsDigit(rune) ? TokenLength(text, at) : length;
                continue;
            }

            WordScript script = ScriptOf(rune);
            if (script is WordScript.Han or WordScript.Kana or WordScript.Thai)
            {
                yield return script;
                at += length;
                continue;
            }

            int word = WordLength(text, at, script, out bool isIdentifier);
            if (!isIdentifier && (word > length || script is not (WordScript.Latin or WordScript.Greek)))
                yield return script;
            at += word;
        }
    }

    /// <summary>The length of what is no prose at this place; 0 for prose.</summary>
    private static int Passed(string text, int at) => text[at] switch
    {
        '`' when text.AsSpan(at).StartsWith("```", StringComparison.Ordinal) => Until(text, at, 3, "```"),
        '`' => UntilInLine(text, at, 1, '`'),
        '$' when text.AsSpan(at).StartsWith("$$", StringComparison.Ordinal) => Until(text, at, 2, "$$"),
        '$' when at + 1 < text.Length && !char.IsAsciiDigit(text[at + 1]) && !char.IsWhiteSpace(text[at + 1]) => UntilInLine(text, at, 1, '$'),
        '<' => Tag(text, at),
        '\\' when at + 1 < text.Length => text[at + 1] switch
        {
            '(' => Until(text, at, 2, "\\)"),
            '[' => Until(text, at, 2, "\\]"),
            _ => 1 + LettersFrom(text, at + 1),
        },
        'h' when text.AsSpan(at).StartsWith("http://", StringComparison.Ordinal) || text.AsSpan(at).StartsWith("https://", StringComparison.Ordinal) => ToSpace(text, at),
        _ => 0,
    };

    private static int Until(string text, int at, int skip, string end)
    {
        int close = text.IndexOf(end, at + skip, StringComparison.Ordinal);
        return close < 0 ? skip : close + end.Length - at;
    }

    // A single dollar or tick may also stand alone: it pairs within its line only, and "$5" is money.
    private static int UntilInLine(string text, int at, int skip, char end)
    {
        int line = text.IndexOf('\n', at);
        int close = text.IndexOf(end, at + skip);
        return close < 0 || (line >= 0 && close > line) ? skip : close + 1 - at;
    }

    private static int Tag(string text, int at)
    {
        int close = text.IndexOf('>', at, Math.Min(64, text.Length - at));
        return close > at + 1 && (char.IsAsciiLetter(text[at + 1]) || text[at + 1] is '/' or '|') ? close + 1 - at : 1;
    }

    private static int LettersFrom(string text, int from)
    {
        int end = from;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        return Math.Max(1, end - from);
    }

    private static int ToSpace(string text, int at)
    {
        int end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        return end - at;
    }

    // "3x", "2nd", "0x1F": not words.
    private static int TokenLength(string text, int at)
    {
        int end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        return Math.Max(1, end - at);
    }

    private static int WordLength(string text, int at, WordScript script, out bool isIdentifier)
    {
        isIdentifier = false;
        int end = at;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(end), out Rune rune, out int length);
            bool isMark = Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
            if (rune.Value == '_' || Rune.IsDigit(rune))
                isIdentifier = true;
            else if (!isMark && !(rune.Value is '\'' or '’' && end > at) && (!Rune.IsLetter(rune) || ScriptOf(rune) != script))
                break;
            end += length;
        }

        return Math.Max(1, end - at);
    }

    private static WordScript ScriptOf(Rune rune) => rune.Value switch
    {
        < 0x250 or (>= 0x1E00 and < 0x1F00) => WordScript.Latin,
        (>= 0x370 and < 0x400) or (>= 0x1F00 and < 0x2000) => WordScript.Greek,
        >= 0x400 and < 0x530 => WordScript.Cyrillic,
        >= 0x590 and < 0x600 => WordScript.Hebrew,
        (>= 0x600 and < 0x780) or (>= 0xFB50 and < 0xFE00) or (>= 0xFE70 and < 0xFF00) => WordScript.Arabic,
        >= 0x900 and < 0x980 => WordScript.Devanagari,
        >= 0xE00 and < 0xE80 => WordScript.Thai,
        (>= 0x1100 and < 0x1200) or (>= 0xAC00 and < 0xD7B0) or (>= 0x3130 and < 0x3190) => WordScript.Hangul,
        (>= 0x3040 and < 0x3100) or (>= 0x31F0 and < 0x3200) => WordScript.Kana,
        (>= 0x3400 and < 0xA000) or (>= 0xF900 and < 0xFB00) or (>= 0x20000 and < 0x32000) => WordScript.Han,
        _ => WordScript.Other,
    };
}
