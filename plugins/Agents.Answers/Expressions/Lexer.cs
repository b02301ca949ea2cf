using System.Globalization;
using System.Text;
using Agents.Answers.Numbers;

namespace Agents.Answers.Expressions;

/// <summary>
/// Cuts an answer into tokens, plain text, LaTeX and Unicode alike, in one pass. One algorithm; the number reader is in Lexer.Numbers.cs.
/// Bounded: at most <see cref="MaxTokens"/> tokens, and it gives up early on running prose. Not thread-safe; made per text.
/// </summary>
internal sealed partial class Lexer
{
    public const int MaxTokens = 2000;
    private const int MaxWords = 12;

    private readonly string _text;
    private readonly CommaStyle _commas;
    private readonly bool _dollarsDelimit;
    private readonly bool _isMath;
    private int _position;
    private int _end;
    private int _depth; // of brackets
    private int _nesting; // of \text{…}
    private int _words;
    private bool _spaced;

    private Lexer(string text, CommaStyle commas)
    {
        _text = text;
        _commas = commas;
        _end = text.Length;
        int dollars = 0;
        bool math = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                math = true;
                i++;
            }
            else if (text[i] == '$') dollars++;
        }

        _dollarsDelimit = dollars % 2 == 0;
        _isMath = math || (dollars > 0 && _dollarsDelimit);
    }

    public List<Token> Tokens { get; } = new(16);

    /// <summary>Whether the text is no expression: too long, prose, or with characters of no meaning in mathematics.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether a comma could have been read another way.</summary>
    public bool HasOpenComma { get; private set; }

    public static Lexer Read(string text, CommaStyle commas = CommaStyle.Thousands)
    {
        var lexer = new Lexer(text, commas);
        lexer.Run();
        lexer.Tokens.Add(new Token(TokenKind.End, '\0', null, false));
        return lexer;
    }

    private char Peek(int offset = 0) => _position + offset < _end ? _text[_position + offset] : '\0';

    private void Add(TokenKind kind, char character = '\0', string? text = null, NumberNode? number = null, bool escaped = false)
    {
        if (Tokens.Count >= MaxTokens) Failed = true;
        else Tokens.Add(new Token(kind, character, text, _spaced, number, escaped));
        _spaced = false;
    }

    private void Run()
    {
        while (_position < _end && !Failed)
        {
            char c = _text[_position];
            if (c is >= '0' and <= '9' || (c == '.' && char.IsAsciiDigit(Peek(1)))) ReadNumber();
            else if (char.IsAsciiLetter(c)) ReadLetters();
            else if (c == '\\') ReadCommand();
            else ReadCharacter(c);
        }
    }

    private void ReadCharacter(char c)
    {
        _position++;
        if (c is >= '\uFF01' and <= '\uFF5E') c = (char)(c - 0xFEE0); // full-width forms
        switch (c)
        {
            case '\f' when Continues("rac"): RestoreCommand("f"); break;
            case '\t' when Continues("ext") || Continues("imes") || Continues("frac") || Continues("heta"): RestoreCommand("t"); break;
            case '\b' when Continues("oxed") || Continues("egin") || Continues("inom") || Continues("eta"): RestoreCommand("b"); break;
            case '\r' when Continues("ight"): RestoreCommand("r"); break;
            case ' ' or '\t' or '\n' or '\r' or '\f' or '\u00A0' or '~' or '\u3000' or (>= '\u2000' and <= '\u200F') or '\u202F' or '\u205F' or '\u2060' or '\uFEFF': _spaced = true; break;
            case '$' when _dollarsDelimit: _spaced = true; break;
            case '$' or '€' or '£' or '¥' or '₹' or '¢': Add(TokenKind.Currency, c == '￥' ? '¥' : c); break;
            case '+' or '/' or ':' or '_' or '±' or '∓' or '≤' or '≥' or '≠' or '≈' or '∪' or '∩' or '∈' or '∉' or '∖' or '⇒' or '∠' or '≡' or '⇔': Add(TokenKind.Operator, c); break;
            case '-' when Peek() == '>': _position++; Add(TokenKind.Operator, '⇒'); break;
            case '-' or '−' or '–' or '—' or '‐' or '‑' or '﹣': Add(TokenKind.Operator, '-'); break;
            case '*' when Peek() == '*': _position++; Add(TokenKind.Operator, '^'); break;
            case '*' or '×' or '·' or '⋅' or '∙' or '∗' or '•' or '✕': Add(TokenKind.Operator, '*'); break;
            case '÷' or '⁄' or '∕': Add(TokenKind.Operator, '/'); break;
            case '^': ReadCaret(); break;
            case '=': ReadEquals(); break;
            case '<': AddWithEquals('<', '≤'); break;
            case '>': AddWithEquals('>', '≥'); break;
            case '⩽': Add(TokenKind.Operator, '≤'); break;
            case '⩾': Add(TokenKind.Operator, '≥'); break;
            case '→': Add(TokenKind.Operator, '⇒'); break;
            case '∶': Add(TokenKind.Operator, ':'); break;
            case '!' when Peek() == '=': _position++; Add(TokenKind.Operator, '≠'); break;
            case '!': Add(TokenKind.Factorial); break;
            case '\'' or '’' or '′': Add(TokenKind.Prime); break;
            case '%' or '٪': Add(TokenKind.Percent); break;
            case '°' or 'º' or '˚': Add(TokenKind.Degree); break;
            case '|' or '∣': Add(TokenKind.Bar); break;
            case ',' or ';' or '、': Add(TokenKind.Comma, c == '、' ? ',' : c); break;
            case '(' or '[' or '{' or '⌊' or '⌈': _depth++; Add(TokenKind.Open, c); break;
            case ')' or ']' or '}' or '⌋' or '⌉': _depth--; Add(TokenKind.Close, c); break;
            case '⟨' or '〈': _depth++; Add(TokenKind.Open, '('); break;
            case '⟩' or '〉': _depth--; Add(TokenKind.Close, ')'); break;
            case '&': Add(TokenKind.Cell); break;
            case '√': Add(TokenKind.Sqrt); break;
            case '∛': Add(TokenKind.Function, '\0', "cbrt"); break;
            case '∞' or 'π' or '∅' or '…' or '△' or '∥' or '⊥' or '∧' or '∨' or '⊂' or '⊆': Add(TokenKind.Symbol, '\0', SingleCharacter(c)); break;
            case 'ℝ' or 'ℤ' or 'ℕ' or 'ℚ' or 'ℂ': Add(TokenKind.Symbol, '\0', c switch { 'ℝ' => "R", 'ℤ' => "Z", 'ℕ' => "N", 'ℚ' => "Q", _ => "C" }); break;
            case '∑': Add(TokenKind.BigOperator, '\0', "sum"); break;
            case '∏': Add(TokenKind.BigOperator, '\0', "prod"); break;
            case '∫': Add(TokenKind.BigOperator, '\0', "int"); break;
            case '.' when Peek() == '.': while (Peek() == '.') _position++; Add(TokenKind.Symbol, '\0', "…"); break;
            default: ReadRare(c); break;
        }
    }

    private void ReadRare(char c)
    {
        if (Superscripts.IndexOf(c) is >= 0 and var super)
        {
            Add(TokenKind.Operator, '^');
            ReadScript(Superscripts, super);
        }
        else if (Subscripts.IndexOf(c) is >= 0 and var sub)
        {
            Add(TokenKind.Operator, '_');
            ReadScript(Subscripts, sub);
        }
        else if (VulgarFraction(c) is { } fraction) Add(TokenKind.Number, 'v', null, new NumberNode(fraction));
        else if (c is >= '\u0370' and <= '\u03FF') Add(TokenKind.Symbol, '\0', SingleCharacter(c));
        else if (char.IsDigit(c) && CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit) Add(TokenKind.Number, '\0', null, new NumberNode(digit));
        else if (c is '和' or '或') Add(TokenKind.And);
        else if (char.IsLetter(c) || char.IsSurrogate(c) || IsMark(c)) ReadForeignWord();
        else Failed = true;
    }

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

    private void AddWords(string words)
    {
        if (++_words > MaxWords) Failed = true;
        Add(TokenKind.Words, '\0', words);
    }

    private bool Continues(string rest) => string.CompareOrdinal(_text, _position, rest, 0, rest.Length) == 0;

    /// <summary>A control character that came of a mistaken escape ("\f" of "\frac") is put back as the command it was.</summary>
    private void RestoreCommand(string first)
    {
        int start = _position;
        while (_position < _end && char.IsAsciiLetter(_text[_position])) _position++;
        ReadNamedCommand(first + _text[start.._position]);
    }

    private void ReadCaret()
    {
        ReadOnlySpan<char> rest = _text.AsSpan(_position, _end - _position).TrimStart();
        foreach (string degree in (ReadOnlySpan<string>)["\\circ", "{\\circ}", "\\degree", "{\\degree}", "°", "o", "{o}", "{ \\circ }"])
        {
            if (!rest.StartsWith(degree) || (degree == "o" && (rest.Length > 1 && char.IsAsciiLetter(rest[1])))) continue;
            _position = _end - rest.Length + degree.Length;
            Add(TokenKind.Degree);
            return;
        }

        Add(TokenKind.Operator, '^');
    }

    private void ReadEquals()
    {
        if (Peek() == '=') _position++;
        char relation = Peek() switch { '>' => '⇒', '<' => '≤', _ => '=' };
        if (relation != '=') _position++;
        Add(TokenKind.Operator, relation);
    }

    private void AddWithEquals(char plain, char withEquals)
    {
        bool equals = Peek() == '=';
        if (equals) _position++;
        Add(TokenKind.Operator, equals ? withEquals : plain);
    }

    private void ReadLetters()
    {
        int start = _position;
        while (_position < _end && char.IsAsciiLetter(_text[_position])) _position++;
        // A word may go on with accented letters: "réponse".
        if (_position < _end && _text[_position] > 127 && char.IsLetter(_text[_position]) && _text[_position] is not (>= '\u0370' and <= '\u03FF') && _text[_position] < '\u2000')
        {
            while (_position < _end && char.IsLetter(_text[_position])) _position++;
            AddWords(_text[start.._position]);
            return;
        }

        if (_position - start > 1) ReadName(_text[start.._position]);
        else if (IsUnitLetter(_text[start])) AddWords(SingleCharacter(_text[start]));
        else Add(TokenKind.Symbol, '\0', SingleCharacter(_text[start]));
    }

    /// <summary>"5 m" in plain text and "5\text{ m}" are metres; "5m + 1" and "$5m$" are a variable.</summary>
    private bool IsUnitLetter(char letter)
    {
        if (Tokens.Count == 0 || letter is not ('m' or 'g' or 's' or 'h' or 'L' or 'l')) return false;
        Token previous = Tokens[^1];
        if (_nesting > 0) return previous.Kind is TokenKind.Number or TokenKind.Close or TokenKind.Words || previous.Is('/');
        if (previous.Is('/')) return Tokens.Count > 1 && Tokens[^2].Kind == TokenKind.Words;
        if (_isMath || _depth > 0 || previous.Kind != TokenKind.Number) return false;
        int next = _position;
        while (next < _end && _text[next] is ' ' or '²' or '³' or '^' or '2' or '3') next++;
        return next >= _end || _text[next] is '/' or ',' or '.';
    }

    private static readonly string[] Letters = [.. Enumerable.Range(0, 128).Select(i => ((char)i).ToString())];

    private static string SingleCharacter(char c) => c < 128 ? Letters[c] : c.ToString();

    private void ReadName(string name)
    {
        switch (name)
        {
            case "and" or "or" or "AND" or "OR" or "And" or "Or": Add(TokenKind.And); return;
            case "pi" or "Pi" or "PI": Add(TokenKind.Symbol, '\0', "π"); return;
            case "inf" or "infinity" or "Infinity" or "oo" or "infty": Add(TokenKind.Symbol, '\0', "∞"); return;
            case "sqrt" or "Sqrt": Add(TokenKind.Sqrt); return;
            case "mod": Add(TokenKind.Operator, 'm'); return;
            case "frac" or "dfrac": Add(TokenKind.Frac); return;
            case "percent" or "percentage" or "pct" or "percents": Add(TokenKind.Percent); return;
            case "degrees" or "degree" or "deg": Add(TokenKind.Degree); return;
        }

        if (LatexCommands.Functions.Contains(name)) Add(TokenKind.Function, '\0', name);
        else if (LatexCommands.Greek.Contains(name)) Add(TokenKind.Symbol, '\0', name);
        else if (_nesting > 0 || name.Length > 3 || LatexCommands.ShortWords.Contains(name)) ReadLongName(name);
        else if (Tokens.Count > 0 && Tokens[^1].Kind is TokenKind.Number or TokenKind.Close or TokenKind.Words or TokenKind.Percent && UnitTable.Find(name) is not null) AddWords(name);
        else SplitName(name);
    }

    private void ReadLongName(string name)
    {
        // "1orW(x)", "3and4": a connective glued between an item and the next.
        if (Tokens.Count > 0 && !_spaced && Tokens[^1].Kind is TokenKind.Number or TokenKind.Close && (name.StartsWith("or", StringComparison.Ordinal) || name.StartsWith("and", StringComparison.Ordinal)))
        {
            int length = name[0] == 'o' ? 2 : 3;
            Add(TokenKind.And);
            if (name.Length - length <= 2) SplitName(name[length..]);
            else AddWords(name[length..]);
        }
        else AddWords(name);
    }

    /// <summary>Two or three letters side by side are a product of variables, or a function and its argument: "xy", "lnx".</summary>
    private void SplitName(string name)
    {
        if (!_spaced && name.Length == 3 && name.StartsWith("or", StringComparison.Ordinal) && Tokens.Count > 0 && Tokens[^1].Kind is TokenKind.Number or TokenKind.Close)
        {
            Add(TokenKind.And);
            name = name[2..];
        }

        if (name.Length > 2 && name.StartsWith("ln", StringComparison.Ordinal))
        {
            Add(TokenKind.Function, '\0', "ln");
            name = name[2..];
        }

        foreach (char letter in name) Add(TokenKind.Symbol, '\0', SingleCharacter(letter));
    }
}
