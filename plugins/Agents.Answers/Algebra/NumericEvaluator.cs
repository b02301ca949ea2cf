using System.Numerics;
using Agents.Answers.Expressions;
using Agents.Answers.Numbers;

namespace Agents.Answers.Algebra;

/// <summary>
/// Evaluates a tree in complex double precision. Variables take fixed pseudo-random values that depend on their name and the round,
/// so that two trees are evaluated at the same point. Opaque calls take a value that depends on their canonical text.
/// </summary>
internal sealed class NumericEvaluator(int round, bool negative, Work work)
{
    private static readonly NumericValue Undefined = new(new Complex(double.NaN, 0), double.NaN);

    public NumericValue Evaluate(Node node)
    {
        if (!work.Spend(2)) return Undefined;
        switch (node)
        {
            case NumberNode number: return new(number.Value.ToDouble());
            case SymbolNode symbol: return new(Symbol(symbol.Name));
            case WordsNode words: return new(Point(words.Folded));
            case QuantityNode quantity:
                NumericValue amount = Evaluate(quantity.Amount);
                double factor = quantity.Unit.IsPercent ? 0.01 : quantity.Unit.IsDegree ? Math.PI / 180 : 1;
                return new(amount.Value * factor, amount.Scale * factor);
            case SumNode sum: return Sum(sum);
            case ProductNode product: return Product(product);
            case PowerNode power: return Power(power);
            case CallNode call: return Call(call);
            default: return Undefined;
        }
    }

    private Complex Symbol(string name) => name switch
    {
        "π" => Math.PI,
        "e" => Math.E,
        "i" => Complex.ImaginaryOne,
        "∞" => double.NaN,
        _ => Point(name),
    };

    /// <summary>A number in (0.3, 2.3), or its negative in rounds that look at the other side of absolute values. FNV-1a, stable across processes.</summary>
    private double Point(string name)
    {
        ulong hash = 14695981039346656037 + ((ulong)round * 0x9E3779B97F4A7C15);
        foreach (char c in name) hash = (hash ^ c) * 1099511628211;
        hash ^= hash >> 29;
        hash *= 0xBF58476D1CE4E5B9;
        hash ^= hash >> 32;
        double value = 0.3 + (2.0 * (hash >> 11) / (1UL << 53));
        return negative && (hash & 1) == 0 ? -value : value;
    }

    private NumericValue Sum(SumNode sum)
    {
        Complex total = Complex.Zero;
        double scale = 0;
        foreach (Node term in sum.Terms)
        {
            NumericValue value = Evaluate(term);
            total += value.Value;
            scale = Math.Max(scale, value.Scale);
        }

        return new(total, Math.Max(scale, Complex.Abs(total)));
    }

    private NumericValue Product(ProductNode product)
    {
        Complex total = Complex.One;
        double scale = 1;
        foreach (Node factor in product.Factors)
        {
            NumericValue value = Evaluate(factor);
            total *= value.Value;
            scale *= Math.Max(value.Scale, double.Epsilon);
        }

        return new(total, scale);
    }

    private NumericValue Power(PowerNode power)
    {
        NumericValue @base = Evaluate(power.Base);
        if (!@base.IsDefined) return Undefined;
        if (ReferenceEquals(power.Exponent, Node.MinusOne)) return Reciprocal(@base);
        NumericValue exponent = Evaluate(power.Exponent);
        if (!exponent.IsDefined) return Undefined;
        Complex value;
        if (@base.Value.Imaginary == 0 && exponent.Value.Imaginary == 0)
        {
            double b = @base.Value.Real, e = exponent.Value.Real;
            if (b == 0 && e < 0) return Undefined;
            if (b >= 0 || e == Math.Round(e)) value = Math.Pow(b, e);
            else if (OddRoot(power.Exponent, out bool negates)) value = negates ? -Math.Pow(-b, e) : Math.Pow(-b, e);
            else value = e == 0.5 ? new Complex(0, Math.Sqrt(-b)) : Complex.Pow(@base.Value, exponent.Value);
        }
        else if (exponent.Value.Imaginary == 0 && exponent.Value.Real is >= 0 and <= 64 && exponent.Value.Real == Math.Round(exponent.Value.Real))
        {
            value = Complex.One;
            for (int i = 0; i < (int)exponent.Value.Real; i++) value *= @base.Value;
        }
        else value = Complex.Pow(@base.Value, exponent.Value);

        // Relative error of the base grows with the exponent and with what cancelled in it.
        double size = Complex.Abs(@base.Value);
        double condition = size > 0 ? Math.Max(1, @base.Scale / size) : 1;
        return new(value, Complex.Abs(value) * condition * Math.Max(1, Complex.Abs(exponent.Value)));
    }

    private static NumericValue Reciprocal(NumericValue value)
    {
        double size = Complex.Abs(value.Value);
        if (size <= 1e-13 * value.Scale) return Undefined; // zero, as far as can be told
        return new(Complex.One / value.Value, value.Scale / (size * size));
    }

    /// <summary>Whether the exponent is a fraction with odd denominator, so that a negative base has a real power.</summary>
    private static bool OddRoot(Node exponent, out bool negates)
    {
        Rational? value = ExactValue.Of(exponent);
        negates = value is { } odd && !odd.Numerator.IsEven;
        return value is { } fraction && !fraction.Denominator.IsEven && fraction.Denominator < 1000;
    }

    private NumericValue Call(CallNode call)
    {
        if (call.Arguments.Length is 1 or 2)
        {
            NumericValue x = Evaluate(call.Arguments[0]);
            NumericValue? y = call.Arguments.Length == 2 ? Evaluate(call.Arguments[1]) : null;
            if (NumericFunctions.Evaluate(call.Name, x.Value, y?.Value) is { } value)
                return new(value, Math.Max(Complex.Abs(value), Math.Min(Math.Max(x.Scale, y?.Scale ?? 0), 1e6)));
        }

        return new(Point(CanonicalText.Of(call, work)));
    }
}
