namespace Agents.Answers.Reading;

/// <summary>Reads choice letters: B, (B), B., B) text, option B, \text{(B)}.</summary>
internal static class ChoiceReader
{
    public const char Last = 'J';

    /// <summary>The letter, in upper case, or null. With <paramref name="lenient"/> a lower-case letter and a letter followed by words count too.</summary>
    public static char? Read(ReadOnlySpan<char> text, bool lenient)
    {
        if (Labelled(text.Trim().Trim("$ ")) is { } label) return label;
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
        if (letter is < 'A' or > Last) return null;
        bool upper = char.IsAsciiLetterUpper(text[0]);
        text = text[1..].TrimStart();
        if (text.Length == 0) return bracketed || !(upper || lenient) ? null : letter;
        bool closed = text[0] is ')' or ']' or '）';
        bool labels = text.Length == 1 || (text[0] == ')' && text.Length > 2 && text[1] == ' ' && char.IsLetter(text[2]));
        if (!upper && !lenient && !(closed && labels)) return null; // "(b)", "b)" and "b) words", but not "b: 3"
        if (bracketed) return closed && (lenient || text.Length == 1 || char.IsWhiteSpace(text[1])) ? letter : null;
        if (!closed && text[0] is not ('.' or ':' or '。' or '：')) return null;
        return text.Length == 1 || lenient || char.IsWhiteSpace(text[1]) ? letter : null;
    }

    /// <summary>"\\textbf{(C)}\\ 15": a bracketed letter in a TeX wrapper, whatever follows.</summary>
    private static char? Labelled(ReadOnlySpan<char> text)
    {
        if (text.Length < 7 || text[0] != '\\') return null;
        int open = text.IndexOf("{(");
        if (open < 2 || open + 4 >= text.Length || text[1..open].IndexOfAnyExceptInRange('a', 'z') >= 0 || text[open + 3] != ')' || !text[(open + 4)..].TrimStart().StartsWith("}")) return null;
        return text[open + 2] is >= 'A' and <= Last ? text[open + 2] : null;
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
