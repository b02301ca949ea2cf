using System.Globalization;

namespace Agents.Answers.Expressions;

/// <summary>
/// Cuts an answer into tokens, plain text, LaTeX and Unicode alike, in one pass. One algorithm; numbers, names, commands and Unicode scripts have a file each.
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
    private int _aligned; // environments in which & only aligns
    private readonly bool _hasDelimiters;
    private readonly bool _hasScripts;
    private readonly bool _hasSpacedCommas; // "(1,000, 2,000)": a comma without a space is in a number
    private bool _inFormula;
    private int _lastRun = -2; // the token index at which the last run of letters was split into variables

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
            else if (text[i] == '_') _hasScripts = true;
            else if (text[i] == ' ' && i > 0 && text[i - 1] == ',') _hasSpacedCommas = true;
        }

        _dollarsDelimit = dollars % 2 == 0;
        _isMath = math || (dollars > 0 && _dollarsDelimit);
        _hasDelimiters = (dollars > 0 && _dollarsDelimit) || text.Contains("\\(", StringComparison.Ordinal) || text.Contains("\\[", StringComparison.Ordinal);
    }

    public List<Token> Tokens { get; } = new(16);

    /// <summary>Whether the text is no expression: too long, prose, or with characters of no meaning in mathematics.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether a comma could have been read another way.</summary>
    public bool HasOpenComma { get; private set; }

    /// <summary>Whether a comma was read as a thousands separator.</summary>
    public bool HasGroups { get; private set; }

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
            if (_hasScripts && (char.IsAsciiDigit(c) || c is >= 'A' and <= 'F') && ReadBase()) continue;
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
            case '$' when _dollarsDelimit:
                if (Peek() == '$') _position++;
                _inFormula = !_inFormula;
                _spaced = true;
                break;
            case '$' or '€' or '£' or '¥' or '₹' or '¢': Add(TokenKind.Currency, c == '￥' ? '¥' : c); break;
            case '+' or '/' or ':' or '_' or '±' or '∓' or '≤' or '≥' or '≠' or '≈' or '∪' or '∩' or '∈' or '∉' or '∖' or '⇒' or '∠' or '△' or '≡' or '⇔': Add(TokenKind.Operator, c); break;
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
            case '{' when Peek(1) == '}' && Peek() is ':' or ',' or ';' or '=' or '<' or '>' or '-' or '+': // "7{:}30": braces that only fix the spacing
                ReadCharacter(Peek());
                _position++;
                break;
            case '(' or '[' or '{' or '⌊' or '⌈': _depth++; Add(TokenKind.Open, c); break;
            case ')' or ']' or '}' or '⌋' or '⌉': _depth--; Add(TokenKind.Close, c); break;
            case '⟨' or '〈': _depth++; Add(TokenKind.Open, '('); break;
            case '⟩' or '〉': _depth--; Add(TokenKind.Close, ')'); break;
            case '&' when _aligned == 0: Add(TokenKind.Cell); break;
            case '&': break;
            case '√': Add(TokenKind.Sqrt, '√'); break;
            case '∛': Add(TokenKind.Function, '\0', "cbrt"); break;
            case '∞' or 'π' or '∅' or '…' or '∥' or '⊥' or '∧' or '∨' or '⊂' or '⊆': Add(TokenKind.Symbol, '\0', SingleCharacter(c)); break;
            case 'ℝ' or 'ℤ' or 'ℕ' or 'ℚ' or 'ℂ': Add(TokenKind.Symbol, '\0', c switch { 'ℝ' => "R", 'ℤ' => "Z", 'ℕ' => "N", 'ℚ' => "Q", _ => "C" }); break;
            case '∑': Add(TokenKind.BigOperator, '\0', "sum"); break;
            case '∏': Add(TokenKind.BigOperator, '\0', "prod"); break;
            case '∫': Add(TokenKind.BigOperator, '\0', "int"); break;
            case '.' when EndsFormula(): _spaced = true; break;
            case '.' when Peek() == '.': while (Peek() == '.') _position++; Add(TokenKind.Symbol, '\0', "…"); break;
            default: ReadRare(c); break;
        }
    }

    /// <summary>A full stop inside the delimiters at the end of a formula: "\[ x = 3. \]".</summary>
    private bool EndsFormula()
    {
        ReadOnlySpan<char> rest = _text.AsSpan(_position, _end - _position).TrimStart();
        return rest.Length == 0 || rest is "$" or "$$" or "\\]" or "\\)" or "}" or "}$";
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
        else if (c is 'μ' or 'µ' && char.IsAsciiLetter(Peek()) && Tokens.Count > 0 && Tokens[^1].Kind == TokenKind.Number) AddWords("μ" + _text[_position++]);
        else if (c is >= '\u0370' and <= '\u03FF') Add(TokenKind.Symbol, '\0', LatexCommands.GreekLetters.GetValueOrDefault(c) ?? SingleCharacter(c));
        else if (char.IsDigit(c) && CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit) Add(TokenKind.Number, '\0', null, new NumberNode(digit));
        else if (c is '和' or '或') Add(TokenKind.And, c == '和' ? 'a' : 'o');
        else if (char.IsLetter(c) || char.IsSurrogate(c) || IsMark(c)) ReadForeignWord();
        else Failed = true;
    }

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
}
