namespace Agents.Answers.Reading;

/// <summary>Strips what surrounds an answer without being part of it: white space, Markdown emphasis, quotes, closing punctuation, a stray backslash.</summary>
internal static class AnswerTrim
{
    public static string Clean(string text)
    {
        ReadOnlySpan<char> span = text.AsSpan().Trim();
        for (int round = 0; round < 6; round++)
        {
            int before = span.Length;
            span = TrimEnd(span);
            span = TrimPairs(span).Trim();
            if (span.Length == before) break;
        }

        return span.Length == text.Length ? text : span.ToString();
    }

    /// <summary>The text without the marks of mathematics around it: $12:00$ is a time of day too.</summary>
    public static string OutOfMath(string text) => text switch
    {
        ['$', .. var inner, '$'] => inner.Trim('$').Trim(),
        ['\\', '(' or '[', .. var inner, '\\', ')' or ']'] => inner.Trim(),
        _ => text,
    };

    private static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            char last = text[^1];
            bool closes = last is '.' or ',' or ';' or ':' or '?' or '。' or '，' or '；' or '：' or '？' or '\u200B' || char.IsWhiteSpace(last);
            if (last == '.' && text.Length > 1 && text[^2] == '.') closes = false; // an ellipsis
            if (last == '\\' && !(text.Length > 1 && text[^2] == '\\')) closes = true;
            if (!closes) break;
            text = text[..^1];
        }

        return text;
    }

    private static ReadOnlySpan<char> TrimPairs(ReadOnlySpan<char> text)
    {
        if (text.Length >= 4 && text.StartsWith("**", StringComparison.Ordinal) && text.EndsWith("**", StringComparison.Ordinal)) return text[2..^2];
        if (text.Length > 2 && text.EndsWith("**", StringComparison.Ordinal) && text[..^2].IndexOf("**") < 0) return text[..^2]; // emphasis that began before
        if (text.Length >= 2 && text[0] == text[^1] && text[0] is '"' or '`' or '*' or '\'') return text[1..^1];
        if (text.Length >= 2 && (text[0], text[^1]) is ('“', '”') or ('‘', '’') or ('«', '»') or ('「', '」')) return text[1..^1];
        return text;
    }
}
