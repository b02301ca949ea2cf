using System.Globalization;
using System.Numerics;
using Agents.Answers.Numbers;

namespace Agents.Answers.Expressions;

/// <content>Numbers: separators, decimals, repeating decimals, exponents.</content>
internal sealed partial class Lexer
{
    private const int MaxDigits = 1000;
    private const int MaxExponent = 1000;

    private void ReadNumber()
    {
        Span<char> digits = stackalloc char[64];
        var builder = new ValueDigits(digits);
        int start = _position;
        int integerDigits = ReadDigits(ref builder);
        bool isGroupLead = integerDigits is >= 1 and <= 3 && builder[0] != '0';
        char separator = '\0';
        int groups = 0;
        if (isGroupLead)
        {
            while (GroupSeparator(separator, out int length, out char found))
            {
                separator = found;
                _position += length;
                ReadDigits(ref builder);
                groups++;
            }
        }

        if (groups > 0 && separator == ',') HasOpenComma = HasGroups = true;
        int decimals = -1;
        char point = DecimalPoint(groups, separator);
        if (point != '\0')
        {
            _position++;
            decimals = ReadDigits(ref builder);
        }

        if (builder.Length > MaxDigits)
        {
            Failed = true;
            return;
        }

        int exponent = ReadExponent();
        if (Math.Abs(exponent) > MaxExponent)
        {
            Failed = true;
            return;
        }

        ReadOnlySpan<char> all = builder.Span;
        BigInteger mantissa = all.Length == 0 ? BigInteger.Zero : all.Length <= 18 ? long.Parse(all, CultureInfo.InvariantCulture) : BigInteger.Parse(all, CultureInfo.InvariantCulture);
        int scale = exponent - Math.Max(decimals, 0);
        var value = new Rational(mantissa);
        if (scale != 0) value *= Rational.PowerOfTen(scale);
        if (ReadRepetend(Math.Max(decimals, 0)) is { } repetend)
        {
            value += repetend;
            decimals = -1;
        }

        int significant = SignificantDigits(all);
        if (decimals >= 2 && exponent == 0 && TakeDots())
        {
            // 0.333… repeats; 1.414… is cut off, so its last digit is no rounding.
            if (Repeated(all, decimals) is { } tail)
            {
                value += tail;
                decimals = -1;
            }
            else (decimals, significant) = (decimals - 1, significant - 1);
        }

        bool plain = decimals < 0 && exponent == 0 && groups == 0 && all.Length == _position - start;
        Add(TokenKind.Number, '\0', plain ? all.ToString() : null, new NumberNode(value, exponent == 0 ? decimals : decimals > 0 ? Math.Max(decimals - exponent, 0) : -1, significant));
    }

    /// <summary>3A_{16}: digits with letters in a base above ten; without letters the parser reads the base.</summary>
    private bool ReadBase()
    {
        int end = _position;
        bool letters = false;
        for (; end < _end && (char.IsAsciiDigit(_text[end]) || _text[end] is >= 'A' and <= 'F'); end++) letters |= char.IsAsciiLetter(_text[end]);
        if (!letters || end - _position > 64 || end + 2 >= _end || _text[end] != '_') return false;
        int radixAt = _text[end + 1] == '{' ? end + 2 : end + 1;
        if (radixAt + 1 >= _end || _text[radixAt] != '1' || _text[radixAt + 1] is < '1' or > '6') return false;
        int radix = 10 + (_text[radixAt + 1] - '0');
        BigInteger value = 0;
        for (int i = _position; i < end; i++)
        {
            int digit = char.IsAsciiDigit(_text[i]) ? _text[i] - '0' : _text[i] - 'A' + 10;
            if (digit >= radix) return false;
            value = (value * radix) + digit;
        }

        _position = radixAt + (_text[end + 1] == '{' ? 3 : 2);
        Add(TokenKind.Number, '\0', null, new NumberNode(new Rational(value)));
        return true;
    }

    private bool TakeDots()
    {
        foreach (string dots in (ReadOnlySpan<string>)["...", "…", "\\ldots", "\\dots", "\\cdots"])
        {
            if (!Continues(dots)) continue;
            _position += dots.Length;
            return true;
        }

        return false;
    }

    /// <summary>What the dots after digits whose end repeats stand for, or null when nothing repeats.</summary>
    private static Rational? Repeated(ReadOnlySpan<char> digits, int decimals)
    {
        for (int period = 1; period * 2 <= decimals; period++)
        {
            ReadOnlySpan<char> tail = digits[^period..];
            if (!tail.SequenceEqual(digits[^(2 * period)..^period])) continue;
            return Rational.Of(BigInteger.Parse(tail, CultureInfo.InvariantCulture), BigInteger.Pow(10, period) - 1) * Rational.PowerOfTen(-decimals);
        }

        return null;
    }

    private int ReadDigits(ref ValueDigits builder)
    {
        int start = _position;
        while (_position < _end && char.IsAsciiDigit(_text[_position]))
        {
            builder.Append(_text[_position]);
            _position++;
        }

        return _position - start;
    }

    private static int SignificantDigits(ReadOnlySpan<char> digits) => digits.TrimStart('0').Length;

    /// <summary>Whether a thousands separator and exactly three digits follow; the same separator must be used throughout.</summary>
    private bool GroupSeparator(char previous, out int length, out char found)
    {
        length = 0;
        found = Peek();
        switch (found)
        {
            case ',':
                length = 1;
                if (Peek(1) == '\\' && Peek(2) is '!' or ',' or ';') // "11,\! 111"
                {
                    length = 3;
                    found = '!';
                    while (Peek(length) == ' ') length++;
                }
                else if (_commas != CommaStyle.Thousands || (_depth > 0 && !IsLoneInBrackets() && !_hasSpacedCommas)) return false;
                break;
            case '{' when Peek(1) == ',' && Peek(2) == '}': length = 3; break;
            case '\\' when Peek(1) is ',' or ' ' or ';' or ':' or '!': length = 2; found = ' '; break;
            case ' ' or '\u00A0' or '\u2009' or '\u202F' or '\u2007' or '~' or '\u200A' or '\u2005' or '\u2006' or '\u2008': length = 1; found = ' '; break;
            case '.' when IsDottedThousands(previous): length = 1; break;
            case '\'' or '’' when previous is '\0' or '\'': length = 1; found = '\''; break;
            default: return false;
        }

        if (previous != '\0' && previous != found) return false;
        for (int i = 0; i < 3; i++)
        {
            if (!char.IsAsciiDigit(Peek(length + i))) return false;
        }

        char after = Peek(length + 3);
        // Three digits exactly; after a space "1 000/7" would more likely be a product or a list.
        return !char.IsAsciiDigit(after) && !(found == ' ' && after is '/' or '^');
    }

    /// <summary>"(1,000)": brackets around a single number only group.</summary>
    private bool IsLoneInBrackets()
    {
        int left = _position - 1;
        while (left >= 0 && char.IsAsciiDigit(_text[left])) left--;
        if (left < 0 || _text[left] is not ('{' or '$')) return false;
        int right = _position;
        while (right < _end && (char.IsAsciiDigit(_text[right]) || _text[right] is ',' or '.')) right++;
        // \text{1,000}, \frac{1,000}{3}: TeX braces group, unless they are the set itself.
        return right < _end && _text[right] == '}' && left > 0 && (char.IsAsciiLetter(_text[left - 1]) || _text[left - 1] == '}');
    }

    /// <summary>"1.234.567": two or more groups; "1.234,50": groups before a decimal comma.</summary>
    private bool IsDottedThousands(char previous)
    {
        if (previous == '.') return true;
        if (previous != '\0' || _commas == CommaStyle.Items) return false;
        int i = _position;
        int groups = 0;
        while (i + 3 < _end && _text[i] == '.' && char.IsAsciiDigit(_text[i + 1]) && char.IsAsciiDigit(_text[i + 2]) && char.IsAsciiDigit(_text[i + 3]))
        {
            groups++;
            i += 4;
        }

        if (groups == 0 || (i < _end && char.IsAsciiDigit(_text[i]))) return false;
        return groups >= 2 || (_depth == 0 && i + 1 < _end && _text[i] == ',' && char.IsAsciiDigit(_text[i + 1]));
    }

    private char DecimalPoint(int groups, char separator)
    {
        char c = Peek();
        if (c == '.' && separator != '.' && (char.IsAsciiDigit(Peek(1)) || Continues(".\\overline") || Continues(".\\dot") || Continues(".\\bar"))) return c;
        if (c == '.' && groups == 0 && _position > 0 && !char.IsAsciiDigit(Peek(1)) && Peek(1) != '.' && _position + 1 < _end && Peek(1) is not (' ' or '\\')) return c; // "5.*x"
        if (c != ',' || !char.IsAsciiDigit(Peek(1))) return '\0';
        if (_depth == 0 && separator != ',') HasOpenComma = true;
        bool continental = groups > 0 && separator is '.' or ' ' or '\'' && _depth == 0;
        return (_commas == CommaStyle.Decimal && separator != ',' && _depth == 0) || continental ? ',' : '\0';
    }

    private int ReadExponent()
    {
        if (Peek() is not ('e' or 'E')) return 0;
        int offset = Peek(1) is '+' or '-' or '−' ? 2 : 1;
        if (!char.IsAsciiDigit(Peek(offset))) return 0;
        int after = offset;
        int exponent = 0;
        while (char.IsAsciiDigit(Peek(after)))
        {
            exponent = Math.Min(MaxExponent * 10, (exponent * 10) + (Peek(after) - '0'));
            after++;
        }

        if (char.IsAsciiLetter(Peek(after))) return 0;
        bool negative = Peek(1) is '-' or '−';
        _position += after;
        return negative ? -exponent : exponent;
    }

    /// <summary>0.\overline{3}, 0.1\overline{6}: the repeating digits as an exact fraction.</summary>
    private Rational? ReadRepetend(int decimals)
    {
        foreach (string command in (ReadOnlySpan<string>)["\\overline{", "\\bar{", "\\dot{"])
        {
            if (!Continues(command)) continue;
            int start = _position + command.Length;
            int end = start;
            while (end < _end && char.IsAsciiDigit(_text[end])) end++;
            if (end == start || end - start > 50 || end >= _end || _text[end] != '}') return null;
            BigInteger digits = BigInteger.Parse(_text.AsSpan(start, end - start), CultureInfo.InvariantCulture);
            _position = end + 1;
            return Rational.Of(digits, BigInteger.Pow(10, end - start) - 1) * Rational.PowerOfTen(-decimals);
        }

        return null;
    }
}
