namespace Agents.Answers;

/// <summary>What a comma between digits means when the text leaves it open.</summary>
public enum CommaConvention
{
    /// <summary>Any of the readings: equal when one of them is.</summary>
    Either,
    /// <summary>Three digits after it make a thousands separator; anything else separates items.</summary>
    Thousands,
    /// <summary>A decimal point, as in much of Europe.</summary>
    Decimal,
    /// <summary>A separator of items.</summary>
    Items,
}
