using System.Globalization;
using System.Numerics;

namespace Agents.Reasoning.Verifiers;

/// <summary>Cuts model text into numbers, operators, words and breaks. Linear, never throws. Calculator annotations <c>&lt;&lt;…&gt;&gt;</c> are passed over.</summary>
internal sealed partial class CalculationLexer
{
    private const int MaxDigits = 300;
    private const int MaxAnnotation = 400;

    private readonly string text;
    private readonly int end;
    private readonly List<CalculationToken> tokens = [];
    private int at;
    private bool money;

    private CalculationLexer(string text, int start, int end)
    {
        this.text = text;
        this.end = end;
        at = start;
    }

    /// <summary>The tokens of a part of a text, closed by a break.</summary>
    public static List<CalculationToken> Read(string text, int start, int end)
    {
        var lexer = new CalculationLexer(text, start, end);
        while (lexer.at < end)
            lexer.Next();
        lexer.tokens.Add(new CalculationToken(TokenKind.Break, end, end));
        return lexer.tokens;
    }

    /// <summary>The end of the content of the annotation that opens here, or −1.</summary>
    public static int AnnotationEnd(string text, int open, int end)
    {
        if (open + 1 >= end || text[open] != '<' || text[open + 1] != '<')
            return -1;
        ReadOnlySpan<char> rest = text.AsSpan(open, Math.Min(end - open, MaxAnnotation));
        int close = rest.IndexOf(">>", StringComparison.Ordinal);
        return close < 0 || rest[..close].Contains('\n') ? -1 : open + close;
    }

    private char Peek(int ahead = 1) => at + ahead < end ? text[at + ahead] : '\0';

    private char Before => at > 0 ? text[at - 1] : '\0';

    private void Add(TokenKind kind, int length, char symbol = '\0')
    {
        tokens.Add(new CalculationToken(kind, at, at + length) { Symbol = symbol });
        at += length;
        money = false;
    }

    private void Next()
    {
        char c = text[at];
        if (char.IsAsciiDigit(c) && DateLength() is > 0 and var date)
            Add(TokenKind.Unknown, date);
        else if (char.IsAsciiDigit(c) || c == '.' && char.IsAsciiDigit(Peek()))
            ReadNumber();
        else if (c == '\n')
            Add(TokenKind.NewLine, 1);
        else if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format || c is '&' or '`')
            at++;
        else if (c is '$' or '€' or '£' or '¥' or '₹')
            (money, at) = (true, at + 1);
        else if (c == '\\')
            ReadCommand();
        else if (char.IsLetter(c))
            ReadWord();
        else
            ReadSign(c);
    }

    private void ReadSign(char c)
    {
        switch (c)
        {
            case '+': Add(TokenKind.Operator, 1, '+'); break;
            case '-' when Peek() == '>': Add(TokenKind.Break, 2); break;
            case '-' when IsBullet(): Add(TokenKind.Break, 1); break;
            case '-' or '−' or '–': Add(TokenKind.Operator, 1, '-'); break;
            case '*' when IsBullet(): Add(TokenKind.Break, 1); break;
            case '*' when Peek() == '*': ReadStars(); break;
            case '*' or '×' or '·' or '⋅' or '∗' or '✕': Add(TokenKind.Operator, 1, '*'); break;
            case '/' or '÷' or '⁄': Add(TokenKind.Operator, 1, '/'); break;
            case '^': Add(TokenKind.Operator, 1, '^'); break;
            case '²' or '³' when tokens.Count > 0 && tokens[^1].End == at: ReadSuperscript(c == '²' ? 2 : 3); break;
            case '½' or '¼' or '¾' or '⅓' or '⅔' or '⅛' or '⅕': ReadVulgarFraction(c); break;
            case '(' or '[' or '{': Add(TokenKind.Open, 1); break;
            case ')' or ']' or '}': Add(TokenKind.Close, 1); break;
            case '%' or '％': Add(TokenKind.Percent, 1); break;
            case '=' when Peek() == '>' || Before is '!' or '<' or '>': Add(TokenKind.Break, 1); break;
            case '=' when Peek() == '=': Add(TokenKind.Relation, 2, '='); break;
            case '=' or '＝': Add(TokenKind.Relation, 1, '='); break;
            case '≈' or '~' or '≅' or '≃': Add(TokenKind.Relation, 1, '~'); break;
            case '<' when AnnotationEnd(text, at, end) is > 0 and var close: at = close + 2; break;
            case '√' or '∑' or '∫' or '_': Add(TokenKind.Unknown, 1, c); break;
            case '"' or '\'' or '’' or '‘': at++; break;
            default: Add(TokenKind.Break, 1); break;
        }
    }

    /// <summary>A sign at the start of a line with a space after it opens a list item.</summary>
    private bool IsBullet()
    {
        if (Peek() is not (' ' or '\t'))
            return false;
        int back = at - 1;
        while (back >= 0 && text[back] is ' ' or '\t')
            back--;
        return back < 0 || text[back] == '\n';
    }

    /// <summary>Two stars are a power between operands, else Markdown's bold, which means nothing here.</summary>
    private void ReadStars()
    {
        if ((char.IsAsciiDigit(Before) || Before is ')' or ' ') && (char.IsAsciiDigit(Peek(2)) || Peek(2) is '(' or ' ') && tokens.Count > 0 && tokens[^1].Kind is TokenKind.Number or TokenKind.Close)
            Add(TokenKind.Operator, 2, '^');
        else
            at += 2;
    }

    private void ReadSuperscript(int power)
    {
        tokens.Add(new CalculationToken(TokenKind.Operator, at, at) { Symbol = '^' });
        tokens.Add(new CalculationToken(TokenKind.Number, at, at + 1) { Value = power });
        at++;
    }

    private void ReadVulgarFraction(char c)
    {
        (int top, int bottom) = c switch { '½' => (1, 2), '¼' => (1, 4), '¾' => (3, 4), '⅓' => (1, 3), '⅔' => (2, 3), '⅛' => (1, 8), _ => (1, 5) };
        tokens.Add(new CalculationToken(TokenKind.Number, at, at + 1) { Value = Fraction.Of(top, bottom)!.Value });
        at++;
    }

    private void ReadNumber()
    {
        int start = at;
        BigInteger digits = BigInteger.Zero;
        int count = 0;
        int decimals = 0;
        bool point = false;
        for (; at < end; at++)
        {
            char c = text[at];
            if (c == ',' && !point && IsThousands())
                continue;
            if (c == '.' && !point && char.IsAsciiDigit(Peek()))
            {
                point = true;
                continue;
            }

            if (!char.IsAsciiDigit(c))
                break;
            if (++count <= MaxDigits)
                digits = (digits * 10) + (c - '0');
            if (point)
                decimals++;
        }

        bool clock = at < end && text[at] == ':' && char.IsAsciiDigit(Peek());
        bool dotted = at < end && text[at] == '.' && point && char.IsAsciiDigit(Peek());
        bool isTail = count > 1 && !point && text.AsSpan(start).StartsWith("00", StringComparison.Ordinal); // of "350, 000"
        if (count > MaxDigits || clock || dotted || isTail)
        {
            while (at < end && (char.IsAsciiDigit(text[at]) || text[at] is ':' or '.' && char.IsAsciiDigit(Peek())))
                at++;
            tokens.Add(new CalculationToken(TokenKind.Unknown, start, at));
            return;
        }

        int zeros = 0;
        for (BigInteger rest = digits; !point && !rest.IsZero && (rest % 10).IsZero; rest /= 10)
            zeros++;
        int numberEnd = at;
        bool cutOff = at < end && (text[at] == '…' || text[at] == '.' && Peek() == '.');
        while (cutOff && at < end && text[at] is '.' or '…')
            at++;
        tokens.Add(new CalculationToken(TokenKind.Number, start, numberEnd)
        {
            Value = Fraction.Of(digits, BigInteger.Pow(10, decimals))!.Value,
            Decimals = point ? decimals : -zeros,
            IsCutOff = cutOff,
            IsMoney = money,
        });
        money = false;
    }

    /// <summary>The length of a date such as 06/02/1943 that starts here, or 0.</summary>
    private int DateLength()
    {
        int length = 0;
        for (int part = 0; part < 3; part++)
        {
            int digits = 0;
            while (char.IsAsciiDigit(Peek(length + digits)))
                digits++;
            if (digits is 0 or > 4 || digits > 2 && part < 2 || part == 2 && digits is not (2 or 4))
                return 0;
            length += digits;
            if (part < 2 && Peek(length++) != '/')
                return 0;
        }

        return Peek(length) is '/' ? 0 : length;
    }

    private bool IsThousands() =>
        char.IsAsciiDigit(Peek(1)) && char.IsAsciiDigit(Peek(2)) && char.IsAsciiDigit(Peek(3)) && !char.IsAsciiDigit(Peek(4));

    private void ReadWord()
    {
        int start = at;
        while (at < end && (char.IsLetter(text[at]) || text[at] is '-' or '\'' or '’' && char.IsLetter(Peek()) && char.IsLetter(Before)))
            at++;
        bool multiplies = at - start == 1 && text[start] is 'x' or 'X' && start > 0 && (char.IsAsciiDigit(text[start - 1]) || text[start - 1] is ' ' or ')' or '%');
        bool ordinal = start > 0 && char.IsAsciiDigit(text[start - 1]) && text[start..at] is "st" or "nd" or "rd" or "th";
        bool named = at < end && (char.IsAsciiDigit(text[at]) || text[at] is '_' or '(') && !multiplies;
        while (named && at < end && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        if (ordinal && tokens.Count > 0)
            tokens[^1] = new CalculationToken(TokenKind.Word, tokens[^1].Start, at);
        else
            tokens.Add(new CalculationToken(named ? TokenKind.Unknown : TokenKind.Word, start, at));
        money = false;
    }
}
