using System.Globalization;

namespace Agents.Answers.Reading;

/// <summary>Chinese numerals: 六 → 6, 二十一 → 21, 三百零五 → 305, 两万 → 20000.</summary>
internal static class ChineseNumber
{
    private const string Digits = "零一二三四五六七八九";
    private const int MaxLength = 12;

    /// <summary>The value in digits when the whole text is a numeral, else null.</summary>
    public static string? Rewrite(string text)
    {
        if (text.Length is 0 or > MaxLength) return null;
        long total = 0, section = 0, digit = 0;
        bool any = false;
        foreach (char c in text)
        {
            int value = c is '两' ? 2 : Digits.IndexOf(c);
            long unit = c switch { '十' => 10, '百' => 100, '千' => 1000, _ => 0 };
            if (value >= 0) digit = value;
            else if (unit > 0) (section, digit) = (section + ((digit == 0 ? 1 : digit) * unit), 0);
            else if (c is '万' && any) (total, section, digit) = (total + ((section + digit) * 10_000), 0, 0);
            else return null;
            any = true;
        }

        return (total + section + digit).ToString(CultureInfo.InvariantCulture);
    }
}
