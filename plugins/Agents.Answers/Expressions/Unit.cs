using Agents.Answers.Numbers;

namespace Agents.Answers.Expressions;

/// <summary>A unit: a dimension such as "length^2" and the factor to that dimension's base unit. Words that are no known unit have no dimension.</summary>
/// <param name="Name">The unit as it is written.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Factor">How many of the dimension's base unit it is.</param>
/// <param name="Also">What the same name may mean otherwise: pounds of mass and of money.</param>
internal sealed record Unit(string Name, string? Dimension, Rational Factor, Unit? Also = null)
{
    public const string PercentDimension = "%";
    public const string DegreeDimension = "°";

    public static readonly Unit Percent = new("%", PercentDimension, Rational.Of(1, 100));
    public static readonly Unit Degree = new("°", DegreeDimension, 1);

    public bool IsPercent => Dimension == PercentDimension;
    public bool IsDegree => Dimension == DegreeDimension;
    public bool IsKnown => Dimension is not null;

    /// <summary>A word or phrase after a number that names no known unit, such as "apples".</summary>
    public static Unit Described(string words) => new(words, null, 1);

    public Unit Power(int exponent) => exponent is 1 || Dimension is null
        ? this
        : new($"{Name}^{exponent}", $"{Dimension}^{exponent}", Factor.Power(exponent) ?? 1);
}
