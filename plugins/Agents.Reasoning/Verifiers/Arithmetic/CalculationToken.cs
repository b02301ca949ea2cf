namespace Agents.Reasoning.Verifiers;

/// <summary>What a piece of text is to the calculation reader.</summary>
internal enum TokenKind
{
    Number,

    /// <summary><c>+ - * / ^</c>, in <see cref="CalculationToken.Symbol"/>.</summary>
    Operator,
    Open,
    Close,
    Percent,

    /// <summary><c>\frac</c>: two groups follow.</summary>
    FractionBar,

    /// <summary><c>=</c>, or <c>~</c> for any sign of "about".</summary>
    Relation,

    /// <summary>Letters: a unit, an operation in words, or prose.</summary>
    Word,

    /// <summary>The end of a line; a relation may still follow.</summary>
    NewLine,

    /// <summary>Punctuation that ends whatever was being calculated.</summary>
    Break,

    /// <summary>Something of unknown value: a variable, a function, a clock time.</summary>
    Unknown,
}

/// <summary>A token with its place in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, exclusive.</param>
internal readonly record struct CalculationToken(TokenKind Kind, int Start, int End)
{
    /// <summary>The operator or relation, canonical.</summary>
    public char Symbol { get; init; }

    /// <summary>The number.</summary>
    public Fraction Value { get; init; }

    /// <summary>Digits after the decimal point; negative: trailing zeros of an integer.</summary>
    public int Decimals { get; init; }

    /// <summary>The number was written as cut off: <c>3.33…</c></summary>
    public bool IsCutOff { get; init; }

    /// <summary>A <c>$</c> or another currency sign stood directly before it.</summary>
    public bool IsMoney { get; init; }

    public bool IsOperator(char symbol) => Kind == TokenKind.Operator && Symbol == symbol;
}
