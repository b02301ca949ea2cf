namespace Agents.Answers.Reading;

/// <summary>Reads choice letters: B, (B), B., B) text, option B, \text{(B)}.</summary>
internal static class ChoiceReader
{
    public const char Last = 'J';

    /// <summary>The letter, in upper case, or null. With <paramref name="lenient"/> a lower-case letter and a letter followed by words count too.</summary>
    public static char? Read(ReadOnlySpan<char> text, bool lenient)
    {
        text = Unwrap(text);
        foreach (string word in (ReadOnlySpan<string>)["option ", "choice ", "answer ", "选项", "选"])
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) text = text[word.Length..].Trim();
        }

        if (text.Length == 0) return null;
        bool bracketed = text[0] is '(' or '[' or '（';
        if (bracketed) text = text[1..].TrimStart();
        if (text.Length == 0) return null;
        char letter = char.ToUpperInvariant(text[0]);
        if (letter is < 'A' or > Last || (!lenient && !char.IsAsciiLetterUpper(text[0]))) return null;
        text = text[1..].TrimStart();
        if (text.Length == 0) return bracketed ? null : letter;
        bool closed = text[0] is ')' or ']' or '）';
        if (bracketed) return closed && (lenient || text.Length == 1 || char.IsWhiteSpace(text[1])) ? letter : null;
        if (!closed && text[0] is not ('.' or ':' or '。' or '：')) return null;
        return text.Length == 1 || lenient || char.IsWhiteSpace(text[1]) ? letter : null;
    }

    /// <summary>Strips TeX wrappers around one short item: $…$, \text{…}, \mathrm{…}, \boxed{…}.</summary>
    private static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> text)
    {
        text = text.Trim().Trim("$*` ");
        for (int i = 0; i < 3 && text.Length > 2 && text[0] == '\\' && text[^1] == '}'; i++)
        {
            int open = text.IndexOf('{');
            if (open < 0 || text[1..open].IndexOfAnyExceptInRange('a', 'z') >= 0 || open == 1) break;
            text = text[(open + 1)..^1].Trim();
        }

        return text;
    }
}
