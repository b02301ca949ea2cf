using System.Globalization;
using System.Text;

namespace Agents.Reasoning.Sqlite;

/// <summary>
/// Any UTF-16 string as text that SQLite and UTF-8 can carry, reversibly. A .NET string may hold a lone surrogate (a stream cut
/// inside an emoji) or a NUL; UTF-8 has no form for the first and SQLite's C strings end at the second. Both become U+FDD0, a
/// noncharacter, and four hexadecimal digits; so does U+FDD0 itself. All other text, nearly all there is, is unchanged.
/// </summary>
internal static class WellFormedText
{
    private const char Mark = '\uFDD0';
    private const int Digits = 4;

    /// <summary>The text to store.</summary>
    public static string Escape(string text) => IsPlain(text) ? text : EscapeEach(text);

    /// <summary>The text that was stored.</summary>
    public static string Unescape(string stored) => stored.Contains(Mark, StringComparison.Ordinal) ? UnescapeEach(stored) : stored;

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny('\0', Mark))
            return false;
        for (int at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = text.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return false;
            text = text[(at + 2)..];
        }
        return true;
    }

    private static string EscapeEach(string text)
    {
        var stored = new StringBuilder(text.Length + 2 * Digits);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
                stored.Append(c).Append(text[++i]);
            else if (c is '\0' or Mark || char.IsSurrogate(c))
                stored.Append(Mark).Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else
                stored.Append(c);
        }
        return stored.ToString();
    }

    private static string UnescapeEach(string stored)
    {
        var text = new StringBuilder(stored.Length);
        for (int i = 0; i < stored.Length; i++)
        {
            if (stored[i] == Mark
                && i + Digits < stored.Length
                && ushort.TryParse(stored.AsSpan(i + 1, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                text.Append((char)code);
                i += Digits;
            }
            else
            {
                text.Append(stored[i]);
            }
        }
        return text.ToString();
    }
}
