using System.Globalization;
using System.Text;
using Agents.Answers.Numbers;

namespace Agents.Answers.Expressions;

/// <content>Superscripts, subscripts, vulgar fractions, words of other scripts.</content>
internal sealed partial class Lexer
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ⁺";
    private const string Subscripts = "₀₁₂₃₄₅₆₇₈₉₋ₙ₊";

    /// <summary>A run of superscript or subscript characters becomes a braced group.</summary>
    private void ReadScript(string alphabet, int index)
    {
        Add(TokenKind.Open, '{');
        var digits = new StringBuilder();
        while (true)
        {
            if (index < 10) digits.Append((char)('0' + index));
            else
            {
                FlushDigits(digits);
                if (index == 11) Add(TokenKind.Symbol, '\0', "n");
                else Add(TokenKind.Operator, index == 10 ? '-' : '+');
            }

            if (digits.Length > 64 || (index = alphabet.IndexOf(Peek())) < 0 || _position >= _end) break;
            _position++;
        }

        FlushDigits(digits);
        Add(TokenKind.Close, '}');
    }

    private void FlushDigits(StringBuilder digits)
    {
        if (digits.Length == 0) return;
        string text = digits.ToString();
        digits.Clear();
        Add(TokenKind.Number, '\0', text, new NumberNode(new Rational(System.Numerics.BigInteger.Parse(text, CultureInfo.InvariantCulture))));
    }

    private static Rational? VulgarFraction(char c) => c switch
    {
        '½' => Rational.Of(1, 2), '⅓' => Rational.Of(1, 3), '⅔' => Rational.Of(2, 3), '¼' => Rational.Of(1, 4), '¾' => Rational.Of(3, 4),
        '⅕' => Rational.Of(1, 5), '⅖' => Rational.Of(2, 5), '⅗' => Rational.Of(3, 5), '⅘' => Rational.Of(4, 5), '⅙' => Rational.Of(1, 6), '⅚' => Rational.Of(5, 6),
        '⅐' => Rational.Of(1, 7), '⅛' => Rational.Of(1, 8), '⅜' => Rational.Of(3, 8), '⅝' => Rational.Of(5, 8), '⅞' => Rational.Of(7, 8), '⅑' => Rational.Of(1, 9), '⅒' => Rational.Of(1, 10),
        _ => null,
    };

    private void ReadForeignWord()
    {
        int start = _position - 1;
        while (_position < _end && _text[_position] > 127 && (char.IsLetter(_text[_position]) || char.IsSurrogate(_text[_position]) || IsMark(_text[_position])) && _text[_position] is not ('和' or '或')) _position++;
        AddWords(_text[start.._position]);
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
