using System.Text;
using Agents.Answers.Expressions;

namespace Agents.Answers.Reading;

/// <summary>Folds plain text for comparison: case, articles, white space, quotes, Markdown, TeX wrappers and closing punctuation do not count.</summary>
internal static class TextKey
{
    public static string Fold(string text, bool keepCase = false)
    {
        var folded = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '\\':
                    i = SkipCommand(text, i, folded);
                    break;
                case '$' or '{' or '}' or '"' or '`' or '*' or '“' or '”' or '‘' or '’' or '«' or '»': break;
                case '\'' when i + 1 >= text.Length || i == 0 || !char.IsLetter(text[i + 1]): break;
                case '.' or ',' or ';' or ':' or '!' or '?' or '。' or '，' or '！' or '？' when i + 1 >= text.Length || char.IsWhiteSpace(text[i + 1]) || !char.IsLetterOrDigit(text[i + 1]): Space(folded); break;
                case '_' or '-' or '–' or '—' when i > 0 && i + 1 < text.Length && char.IsLetter(text[i - 1]) && char.IsLetter(text[i + 1]): Space(folded); break;
                default:
                    if (char.IsWhiteSpace(c)) Space(folded);
                    else folded.Append(keepCase ? c : char.ToLowerInvariant(c));
                    break;
            }
        }

        return DropArticles(folded.ToString().Trim());
    }

    private static void Space(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
    }

    /// <summary>Commands that only wrap or space text vanish; others keep their name.</summary>
    private static int SkipCommand(string text, int slash, StringBuilder folded)
    {
        int end = slash + 1;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        if (end == slash + 1)
        {
            if (end < text.Length && text[end] is ',' or ' ' or ';' or ':' or '!') Space(folded);
            else return slash; // \% keeps its sign
            return end;
        }

        string name = text[(slash + 1)..end];
        if (LatexCommands.Text.Contains(name) || LatexCommands.Ignored.Contains(name) || name.Length > 40) Space(folded);
        else folded.Append(name);
        return end - 1;
    }

    private static string DropArticles(string text)
    {
        if (!text.Contains(' ', StringComparison.Ordinal)) return text;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string kept = string.Join(' ', words.Where(w => w is not ("a" or "an" or "the")));
        return kept.Length == 0 ? text : kept;
    }
}
