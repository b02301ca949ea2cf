namespace Agents.Answers.Expressions;

/// <summary>What a token is. Operators carry their character; brackets carry the character that opens or closes them.</summary>
internal enum TokenKind : byte
{
    End,
    Number,
    /// <summary>A letter, a letter with a mark, or a multi-letter name known to mathematics.</summary>
    Symbol,
    /// <summary>A function name: sin, log, gcd.</summary>
    Function,
    /// <summary>A word of plain text or the content of \text{…}.</summary>
    Words,
    /// <summary>An operator or relation, by its character.</summary>
    Operator,
    Open,
    Close,
    Comma,
    /// <summary>"and", "or": separates items.</summary>
    And,
    Frac,
    Sqrt,
    Binomial,
    BeginMatrix,
    EndMatrix,
    /// <summary>\\ between the rows of a matrix.</summary>
    Row,
    /// <summary>&amp; between the cells of a row.</summary>
    Cell,
    /// <summary>\sum, \int, \prod, \lim: an operator with limits.</summary>
    BigOperator,
    Percent,
    Degree,
    Currency,
    Prime,
    Factorial,
    Bar,
}

/// <summary>A token: its kind, its character or text, and whether a space stood before it.</summary>
internal readonly record struct Token(TokenKind Kind, char Character, string? Text, bool Spaced, NumberNode? Number = null, bool Escaped = false)
{
    public bool Is(char @operator) => Kind == TokenKind.Operator && Character == @operator;
}
