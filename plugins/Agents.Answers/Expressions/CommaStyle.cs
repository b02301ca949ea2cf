namespace Agents.Answers.Expressions;

/// <summary>How a comma between digits is read where the text leaves it open ("1,234", "1,5").</summary>
internal enum CommaStyle
{
    /// <summary>Groups of three digits are thousands; any other comma separates items.</summary>
    Thousands,
    /// <summary>Every comma separates items.</summary>
    Items,
    /// <summary>The comma is the decimal point.</summary>
    Decimal,
}
