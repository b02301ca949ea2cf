namespace Agents.Answers.Expressions;

/// <content>LaTeX commands.</content>
internal sealed partial class Lexer
{
    private void ReadCommand()
    {
        int slashes = 0;
        while (Peek(slashes) == '\\') slashes++;
        int nameStart = _position + slashes;
        int nameEnd = nameStart;
        while (nameEnd < _end && char.IsAsciiLetter(_text[nameEnd])) nameEnd++;

        if (slashes >= 2 && !(nameEnd > nameStart && IsCommand(nameStart, nameEnd) && slashes != 3))
        {
            // An even run, or "\\" before "\frac": the end of a matrix row. At the very end of the text it is a slip.
            bool odd = slashes % 2 == 1 && nameEnd > nameStart;
            _position = odd ? nameStart - 1 : nameStart;
            if (!odd && nameStart < _end && slashes == 2 && _text[nameStart] is '{' or '}' or '%' or '$' or '(' or ')')
            {
                _position = nameStart - 1; // a doubled escape: "\\{", "\\%"
                ReadEscape();
                return;
            }

            if (_position < _end) Add(TokenKind.Row);
            return;
        }

        _position = nameStart - 1; // "\\frac": a doubled escape counts as one
        if (nameEnd == nameStart) ReadEscape();
        else
        {
            _position = nameEnd;
            ReadNamedCommand(_text[nameStart..nameEnd]);
        }
    }

    /// <summary>Whether the letters begin with a command; "\\x" in a matrix is a row and a variable.</summary>
    private bool IsCommand(int start, int end) => end - start > 1 && LatexCommands.IsKnown(_text[start..end]);

    /// <summary>A backslash before a character that is no letter.</summary>
    private void ReadEscape()
    {
        char c = Peek(1);
        _position += c == '\0' ? 1 : 2;
        switch (c)
        {
            case '{': _depth++; Add(TokenKind.Open, '{', escaped: true); break;
            case '}': _depth--; Add(TokenKind.Close, '}', escaped: true); break;
            case '$': Add(TokenKind.Currency, '$'); break;
            case '%': Add(TokenKind.Percent); break;
            case '|': Add(TokenKind.Bar); break;
            case '&': AddWords("and"); break;
            case '_': Add(TokenKind.Operator, '_'); break;
            case '#': Failed = true; break;
            case '(' or '[': _inFormula = true; _spaced = true; break;
            case ')' or ']': _inFormula = false; _spaced = true; break;
            default: _spaced = true; break; // thin spaces, a lone backslash
        }
    }

    private void ReadNamedCommand(string name)
    {
        if (name is "frac" or "dfrac" or "tfrac" or "cfrac") Add(TokenKind.Frac);
        else if (name is "sqrt") Add(TokenKind.Sqrt);
        else if (name is "binom" or "dbinom" or "tbinom") Add(TokenKind.Binomial);
        else if (name is "begin" or "end") ReadEnvironment(name == "begin");
        else if (LatexCommands.Characters.TryGetValue(name, out char character)) AddCommandCharacter(character);
        else if (LatexCommands.Text.Contains(name)) ReadText();
        else if (LatexCommands.Ignored.Contains(name)) IgnoreCommand(name);
        else if (LatexCommands.WithArgument.Contains(name)) SkipGroup();
        else if (LatexCommands.BigOperators.Contains(name)) Add(TokenKind.BigOperator, '\0', name);
        else if (LatexCommands.Functions.Contains(name)) Add(TokenKind.Function, '\0', name);
        else if (name is "mod" or "bmod" or "pmod") Add(TokenKind.Operator, 'm');
        else if (name is "i" or "j") Add(TokenKind.Symbol, '\0', "i");
        else ReadUnknownCommand(name);
    }

    private void ReadUnknownCommand(string name)
    {
        // "\frac12" has no brace to end it, but "\sqrtx", "\cdotx", "\pir" do occur: the longest known head wins.
        for (int length = name.Length - 1; length >= 2; length--)
        {
            string head = name[..length];
            if (!LatexCommands.IsKnown(head) || LatexCommands.Greek.Contains(name)) continue;
            _position -= name.Length - length;
            ReadNamedCommand(head);
            return;
        }

        bool isVariant = name.StartsWith("var", StringComparison.Ordinal) && LatexCommands.Greek.Contains(name);
        Add(TokenKind.Symbol, '\0', isVariant ? name[3..] : name); // \varphi is \phi
    }

    private void AddCommandCharacter(char character)
    {
        switch (character)
        {
            case '{': _depth++; Add(TokenKind.Open, '{', escaped: true); break;
            case '}': _depth--; Add(TokenKind.Close, '}', escaped: true); break;
            case '⟨': _depth++; Add(TokenKind.Open, '('); break;
            case '⟩': _depth--; Add(TokenKind.Close, ')'); break;
            case '(' or '[' or '⌊' or '⌈': _depth++; Add(TokenKind.Open, character); break;
            case ')' or ']' or '⌋' or '⌉': _depth--; Add(TokenKind.Close, character); break;
            case '|' or '‖': Add(TokenKind.Bar); break;
            case '\'': Add(TokenKind.Prime); break;
            case '%': Add(TokenKind.Percent); break;
            case '°': Add(TokenKind.Degree); break;
            case '£' or '€' or '¥': Add(TokenKind.Currency, character); break;
            case '∞' or 'π' or '∅' or '…' or '∥' or '⊥' or '∧' or '∨' or '⊂' or '⊆': Add(TokenKind.Symbol, '\0', SingleCharacter(character)); break;
            default: Add(TokenKind.Operator, character); break;
        }
    }

    private void IgnoreCommand(string name)
    {
        if (name is "left" or "right" && Peek() == '.') _position++;
        if (name is "quad" or "qquad") _spaced = true;
    }

    private void SkipGroup()
    {
        if (Peek() == '{') _position = Braces.End(_text, _position, _end);
    }

    /// <summary>\text{…}: its words; an item of digits or one letter in it is read as if it stood outside.</summary>
    private void ReadText()
    {
        while (Peek() == ' ') _position++;
        if (Peek() != '{' || _nesting > 4) return;

        int close = Braces.End(_text, _position, _end);
        int outerEnd = _end;
        _end = close > _position + 1 && _text[close - 1] == '}' ? close - 1 : close;
        _position++;
        _nesting++;
        _spaced = true;
        Run();
        _nesting--;
        _spaced = false;
        _position = close;
        _end = outerEnd;
    }

    private void ReadEnvironment(bool begin)
    {
        if (Peek() != '{')
        {
            if (begin && Continues("boxed")) _position += 5; // "\beginboxed{…}"
            return;
        }

        int close = Braces.End(_text, _position, _end);
        string name = _text[(_position + 1)..Math.Max(_position + 1, close - 1)].Trim();
        _position = close;
        if (!LatexCommands.MatrixEnvironments.Contains(name)) return;
        if (begin && name is "array" or "tabular") SkipGroup();
        _depth += begin ? 1 : -1;
        if (name.StartsWith("align", StringComparison.Ordinal) || name is "split") _aligned = Math.Max(0, _aligned + (begin ? 1 : -1));
        Add(begin ? TokenKind.BeginMatrix : TokenKind.EndMatrix, '\0', name);
    }
}
