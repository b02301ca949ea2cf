using System.Globalization;
using System.Text;

namespace Agents.Models.Embedded;

/// <summary>
/// Cuts text as GPT-2's pattern does: contractions; an optional space with a run of letters, of digits, or of anything else
/// that is not white space; white space, of which the last character goes to what follows. Scans runes, so that letters beyond
/// the basic plane are letters.
/// </summary>
internal static class PreTokenizer
{
    private static readonly string[] contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum RuneClass
    {
        Space,
        Letter,
        Number,
        Other,
    }

    /// <summary>The length in characters of the first piece; at least 1 where there is text.</summary>
    public static int FirstPiece(ReadOnlySpan<char> text)
    {
        foreach (string contraction in contractions)
        {
            if (text.StartsWith(contraction, StringComparison.Ordinal))
                return contraction.Length;
        }

        int start = text is [' ', ..] && text.Length > 1 && ClassAt(text[1..], out _) != RuneClass.Space ? 1 : 0;
        RuneClass kind = ClassAt(text[start..], out _);
        int end = start;
        int last = start;
        while (end < text.Length && ClassAt(text[end..], out int length) == kind)
        {
            last = end;
            end += length;
        }

        // White space before something else leaves its last character to it: "  a" is " " and " a".
        return kind == RuneClass.Space && end < text.Length && last > 0 ? last : end;
    }

    /// <summary>Whether a piece holds a letter.</summary>
    public static bool HasLetter(ReadOnlySpan<char> piece)
    {
        foreach (Rune rune in piece.EnumerateRunes())
        {
            if (ClassOf(rune) == RuneClass.Letter)
                return true;
        }

        return false;
    }

    private static RuneClass ClassAt(ReadOnlySpan<char> text, out int length)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out length);
        return ClassOf(rune);
    }

    private static RuneClass ClassOf(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetter((char)rune.Value) ? RuneClass.Letter
                : char.IsAsciiDigit((char)rune.Value) ? RuneClass.Number
                : Rune.IsWhiteSpace(rune) ? RuneClass.Space : RuneClass.Other;
        }

        if (Rune.IsWhiteSpace(rune))
            return RuneClass.Space;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => RuneClass.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => RuneClass.Number,
            _ => RuneClass.Other,
        };
    }
}
