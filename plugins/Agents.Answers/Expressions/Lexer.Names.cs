namespace Agents.Answers.Expressions;

/// <content>Runs of letters: variables, function names, words, units.</content>
internal sealed partial class Lexer
{
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
        else if (_text[start] is 'x' or 'X' && IsTimes()) Add(TokenKind.Operator, '*');
        else if (IsUnitLetter(_text[start])) AddWords(SingleCharacter(_text[start]));
        else Add(TokenKind.Symbol, '\0', SingleCharacter(_text[start]));
    }

    /// <summary>"5 m" in plain text and "5\text{ m}" are metres; "5m + 1" and "$5m$" are a variable.</summary>
    private bool IsUnitLetter(char letter)
    {
        if (Tokens.Count == 0) return false;
        Token previous = Tokens[^1];
        if (_nesting > 0 && previous.Kind is TokenKind.Number or TokenKind.Close && letter is 'N' or 'J' or 'W' or 'V' or 'A' or 'K' or 'C') return true; // \text{ N}
        if (_nesting == 0 && !_isMath && _spaced && _position >= _end && previous.Kind == TokenKind.Number && letter is 'N' or 'J' or 'W' or 'V' or 'K') return true; // "10 N"
        if (letter is not ('m' or 'g' or 's' or 'h' or 'L' or 'l')) return false;
        if (_nesting > 0 && previous is { Kind: TokenKind.Open, Character: '{', Escaped: false }) return Tokens.Count > 1 && Tokens[^2].Kind is TokenKind.Frac or TokenKind.Close; // \frac{\text{m}}{\text{s}}
        if (_nesting > 0) return previous.Kind is TokenKind.Number or TokenKind.Close or TokenKind.Words || previous is { Kind: TokenKind.Symbol, Text: "mu" } || previous.Is('/');
        if (previous.Is('/')) return Tokens.Count > 1 && Tokens[^2].Kind == TokenKind.Words;
        if (_isMath || _depth > 0 || previous.Kind != TokenKind.Number || HasVariable()) return false;
        int next = _position;
        while (next < _end && _text[next] is ' ' or '²' or '³' or '^' or '2' or '3') next++;
        return next >= _end || _text[next] is '/' or ',' or '.' || (letter == 'h' && char.IsAsciiDigit(_text[next]));
    }

    /// <summary>Whether a variable stands before in the same expression: "k + 2m".</summary>
    private bool HasVariable()
    {
        for (int i = Tokens.Count - 1; i >= 0; i--)
        {
            Token token = Tokens[i];
            if (token.Kind is TokenKind.Comma or TokenKind.And || token.Is('=') || token.Is('≈')) return false;
            if (token.Kind == TokenKind.Symbol) return true;
        }

        return false;
    }

    /// <summary>"4.2 x 10^7", "3 x 4", "2x10^5": a cross, not a variable.</summary>
    private bool IsTimes()
    {
        if (Tokens.Count == 0 || Tokens[^1].Kind != TokenKind.Number) return false;
        return _spaced ? Peek() == ' ' && char.IsAsciiDigit(Peek(1)) : Continues("10^") || Continues("10**");
    }

    private static readonly string[] Letters = [.. Enumerable.Range(0, 128).Select(i => ((char)i).ToString())];

    private static string SingleCharacter(char c) => c < 128 ? Letters[c] : c.ToString();

    private void ReadName(string name)
    {
        switch (name)
        {
            case "and" or "AND" or "And": Add(TokenKind.And, 'a'); return;
            case "or" or "OR" or "Or": Add(TokenKind.And, 'o'); return;
            case "minus" or "negative": Add(TokenKind.Operator, '-'); return;
            case "plus": Add(TokenKind.Operator, '+'); return;
            case "to" when IsBetweenNumbers(): Add(TokenKind.Operator, ':'); return;
            case "out" when Tokens.Count > 0 && Tokens[^1].Kind == TokenKind.Number && Continues(" of ") && char.IsAsciiDigit(Peek(4)):
                _position += 4;
                Add(TokenKind.Operator, '/');
                return;
            case "in" when IsBetweenNumbers(): Add(TokenKind.Operator, '/'); return;
            case "USD" or "EUR" or "GBP" or "JPY" or "CNY" or "RMB" or "INR" or "Rs" when BeforeDigit(): ReadCurrencyCode(name); return;
            case "pi" or "Pi" or "PI": Add(TokenKind.Symbol, '\0', "π"); return;
            case "inf" or "infinity" or "Infinity" or "oo" or "infty": Add(TokenKind.Symbol, '\0', "∞"); return;
            case "sqrt" or "Sqrt": Add(TokenKind.Sqrt, '√'); return;
            case "min" when Tokens.Count > 0 && Tokens[^1].Kind == TokenKind.Number: AddWords(name); return; // minutes
            case "mod": ReadModulo(); return;
            case "frac" or "dfrac": Add(TokenKind.Frac); return;
            case "percent" or "percentage" or "pct" or "percents": Add(TokenKind.Percent); return;
            case "degrees" or "degree" or "deg": Add(TokenKind.Degree); return;
        }

        if (LatexCommands.Functions.Contains(name)) Add(TokenKind.Function, '\0', name);
        else if (LatexCommands.Greek.Contains(name)) Add(TokenKind.Symbol, '\0', name);
        else if (_nesting > 0 || name.Length > 3 || LatexCommands.ShortWords.Contains(name) || IsProse()) ReadLongName(name);
        else if (Tokens.Count > 0 && Tokens[^1].Kind is TokenKind.Number or TokenKind.Close or TokenKind.Words or TokenKind.Percent && UnitTable.Find(name) is not null) AddWords(name);
        else
        {
            SplitName(name);
            _lastRun = Tokens.Count;
        }
    }

    /// <summary>Whether a short run of letters is a word: outside the formulas of a text that marks them, or after another such run ("we get").</summary>
    private bool IsProse() => (_hasDelimiters && !_inFormula) || (_spaced && _lastRun == Tokens.Count && Tokens.Count > 0);

    /// <summary>"3 to 4", "1 in 52".</summary>
    private bool IsBetweenNumbers() => Tokens.Count > 0 && Tokens[^1].Kind == TokenKind.Number && BeforeDigit();

    private bool BeforeDigit()
    {
        int next = _position;
        while (next < _end && _text[next] is ' ' or '.') next++;
        return next > _position && next < _end && char.IsAsciiDigit(_text[next]);
    }

    private const int MaxModulus = 60;

    private void ReadCurrencyCode(string name)
    {
        if (Peek() == '.') _position++;
        Add(TokenKind.Currency, name switch { "EUR" => '€', "GBP" => '£', "JPY" or "CNY" or "RMB" => '¥', "INR" or "Rs" => '₹', _ => '$' });
    }

    /// <summary>"3 (mod 7)" is read as "3 mod 7".</summary>
    private void ReadModulo()
    {
        ReadOnlySpan<char> rest = _text.AsSpan(_position, Math.Min(MaxModulus, _end - _position));
        int close = rest.IndexOf(')') < 0 ? -1 : _position + rest.IndexOf(')');
        if (Tokens.Count > 1 && Tokens[^1] is { Kind: TokenKind.Open, Character: '(' } && close >= 0 && rest[..(close - _position)].IndexOf('(') < 0)
        {
            Tokens.RemoveAt(Tokens.Count - 1);
            Add(TokenKind.Operator, 'm');
            int outerEnd = _end;
            _end = close;
            Run();
            _end = outerEnd;
            _position = close + 1;
            _depth--;
            return;
        }

        Add(TokenKind.Operator, 'm');
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
