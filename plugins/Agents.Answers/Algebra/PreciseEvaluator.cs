using System.Numerics;
using Agents.Answers.Expressions;
using Agents.Answers.Numbers;

namespace Agents.Answers.Algebra;

/// <summary>Evaluates a real constant to about 70 decimal places, to confirm what double precision holds to be equal.</summary>
internal sealed class PreciseEvaluator(Work work)
{
    private const int FunctionCost = 60;

    /// <summary>The value in <see cref="FixedPoint"/>, or null when it is not real, not constant, out of range, or uses a function not known here.</summary>
    public BigInteger? Evaluate(Node node)
    {
        if (!work.Spend(4)) return null;
        return node switch
        {
            NumberNode number => FixedPoint.Bounded(FixedPoint.Of(number.Value)),
            SymbolNode { Name: "π" } => FixedPoint.Pi,
            SymbolNode { Name: "e" } => FixedPoint.E,
            QuantityNode { Unit.IsPercent: true } percent => Evaluate(percent.Amount) / 100,
            QuantityNode { Unit.IsDegree: true } degrees => Evaluate(degrees.Amount) is { } amount ? FixedPoint.Multiply(amount, FixedPoint.Pi) / 180 : null,
            SumNode sum => Sum(sum),
            ProductNode product => Product(product),
            PowerNode power => Power(power),
            CallNode call => Call(call),
            _ => null,
        };
    }

    private BigInteger? Sum(SumNode sum)
    {
        BigInteger? total = BigInteger.Zero;
        foreach (Node term in sum.Terms) total += Evaluate(term);
        return total is { } value ? FixedPoint.Bounded(value) : null;
    }

    private BigInteger? Product(ProductNode product)
    {
        BigInteger total = FixedPoint.One;
        foreach (Node factor in product.Factors)
        {
            BigInteger? next = factor is PowerNode power && ReferenceEquals(power.Exponent, Node.MinusOne)
                ? Evaluate(power.Base) is { } divisor ? FixedPoint.Divide(total, divisor) : null
                : Evaluate(factor) is { } value ? FixedPoint.Multiply(total, value) : null;
            if (next is null) return null;
            total = next.Value;
        }

        return total;
    }

    private BigInteger? Power(PowerNode power)
    {
        if (Evaluate(power.Base) is not { } @base) return null;
        if (ExactValue.Of(power.Exponent) is { } exact)
        {
            if (exact.IsInteger && exact.Abs() <= 256) return !work.Spend((int)BigInteger.Abs(exact.Numerator)) ? null : IntegerPower(@base, (int)exact.Numerator);
            if (exact == Rational.Of(1, 2)) return work.Spend(FunctionCost) ? FixedPoint.SquareRoot(@base) : null;
            if (@base.Sign < 0 && !exact.Denominator.IsEven)
            {
                BigInteger? root = RealPower(-@base, FixedPoint.Of(exact));
                return exact.Numerator.IsEven ? root : -root;
            }
        }

        return Evaluate(power.Exponent) is { } exponent ? RealPower(@base, exponent) : null;
    }

    private BigInteger? RealPower(BigInteger @base, BigInteger exponent)
    {
        if (!work.Spend(2 * FunctionCost) || FixedPoint.Logarithm(@base) is not { } logarithm) return null;
        return FixedPoint.Multiply(logarithm, exponent) is { } product ? FixedPoint.Exponential(product) : null;
    }

    private static BigInteger? IntegerPower(BigInteger @base, int exponent)
    {
        BigInteger result = FixedPoint.One;
        for (int i = 0; i < Math.Abs(exponent); i++)
        {
            if (FixedPoint.Multiply(result, @base) is not { } next) return null;
            result = next;
        }

        return exponent >= 0 ? result : FixedPoint.Divide(FixedPoint.One, result);
    }

    private BigInteger? Call(CallNode call)
    {
        if (call.Arguments.Length is 0 or > 2 || !work.Spend(FunctionCost) || Evaluate(call.Arguments[0]) is not { } x) return null;
        switch (call.Name)
        {
            case "sin": return FixedPoint.Sine(x);
            case "cos": return FixedPoint.Cosine(x);
            case "tan": return FixedPoint.Divide(FixedPoint.Sine(x), FixedPoint.Cosine(x));
            case "cot": return FixedPoint.Divide(FixedPoint.Cosine(x), FixedPoint.Sine(x));
            case "sec": return FixedPoint.Divide(FixedPoint.One, FixedPoint.Cosine(x));
            case "csc": return FixedPoint.Divide(FixedPoint.One, FixedPoint.Sine(x));
            case "abs": return BigInteger.Abs(x);
            case "ln" or "log" when call.Arguments.Length == 1: return FixedPoint.Logarithm(x);
            case "log" when Evaluate(call.Arguments[1]) is { } radix && FixedPoint.Logarithm(radix) is { } divisor && FixedPoint.Logarithm(x) is { } dividend: return FixedPoint.Divide(dividend, divisor);
            default: return null;
        }
    }
}
