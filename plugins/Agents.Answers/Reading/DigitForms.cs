using System.Globalization;

namespace Agents.Answers.Reading;

/// <summary>Full-width forms and the decimal digits of other scripts become ASCII.</summary>
internal static class DigitForms
{
    public static string Fold(string text)
    {
        int first = 0;
        while (first < text.Length && !Folds(text[first])) first++;
        return first == text.Length ? text : string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++) span[i] = Folds(source[i]) ? Folded(source[i]) : source[i];
        });
    }

    private static bool Folds(char c) => c > 0x65F && (c is >= '\uFF01' and <= '\uFF5E' || char.IsDigit(c));

    private static char Folded(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : (char)('0' + Math.Max(0, CharUnicodeInfo.GetDecimalDigitValue(c)));
}
