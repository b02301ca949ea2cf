using Agents.Answers.Expressions;
using Agents.Answers.Numbers;

namespace Agents.Answers.Algebra;

/// <summary>The fast path: the rational value of a tree of numbers, without building a normal form.</summary>
internal static class ExactValue
{
    private const int MaxPower = 2000;

    /// <summary>The value, or null when the tree is not plain rational arithmetic within bounds.</summary>
    public static Rational? Of(Node node)
    {
        switch (node)
        {
            case NumberNode number: return number.Value;
            case ProductNode product:
                Rational total = Rational.One;
                foreach (Node factor in product.Factors)
                {
                    if (Of(factor) is not { } value) return null;
                    total *= value;
                    if (total.IsHuge) return null;
                }

                return total;
            case SumNode sum:
                Rational result = Rational.Zero;
                foreach (Node term in sum.Terms)
                {
                    if (Of(term) is not { } value) return null;
                    result += value;
                    if (result.IsHuge) return null;
                }

                return result;
            case PowerNode power when Of(power.Exponent) is { IsInteger: true } exponent && exponent.Abs() <= MaxPower && Of(power.Base) is { } @base:
                return @base.Power((int)exponent.Numerator);
            default: return null;
        }
    }
}
