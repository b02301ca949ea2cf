using Agents.Reasoning.Verifiers;

namespace Agents.Reasoning;

/// <summary>Text as a reader sees it, for code that looks for words which somebody may have tried to hide.</summary>
public static class VisibleText
{
    /// <summary>The text without invisible characters; full-width and styled letters become plain ones, other line ends become line feeds.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsPlain(text) ? text : JudgedText.Visible(text);
    }

    /// <summary>The text with letters of other alphabets that look Latin (Unicode TR 39) replaced by Latin ones; the same length.</summary>
    public static string LookAlikes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return System.Text.Ascii.IsValid(text) ? text : Confusables.Fold(text);
    }

    private static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 || text.AsSpan().IndexOfAnyExcept(plain) < 0;

    private static readonly System.Buffers.SearchValues<char> plain = System.Buffers.SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c), '\n', '\t']);
}
