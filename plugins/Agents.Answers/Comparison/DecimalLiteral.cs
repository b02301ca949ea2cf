using Agents.Answers.Algebra;
using Agents.Answers.Expressions;
using Agents.Answers.Numbers;

namespace Agents.Answers.Comparison;

/// <summary>Recognizes a scalar that is one decimal as written: 0.33, −0.33, 2.31 × 10⁻³.</summary>
internal static class DecimalLiteral
{
    private const int MaxShift = 1000;

    /// <summary>The literal with its value and decimal places as if written out, or null.</summary>
    public static NumberNode? Of(Node node)
    {
        if (node is NumberNode number) return number.IsExact ? null : number;
        if (node is not ProductNode { Factors: [NumberNode first, var second] }) return null;
        if (first.Value == Rational.MinusOne && Of(second) is { } negated) return new NumberNode(-negated.Value, negated.Decimals, negated.Significant);
        if (first.IsExact || second is not PowerNode { Base: NumberNode { Value: var ten }, Exponent: var exponent } || ten != 10) return null;
        if (ExactValue.Of(exponent) is not { IsInteger: true } power || power.Abs() > MaxShift) return null;
        int shift = (int)power.Numerator;
        return new NumberNode(first.Value * Rational.PowerOfTen(shift), Math.Max(0, first.Decimals - shift), first.Significant);
    }
}
