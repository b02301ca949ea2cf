using System.Numerics;
using Agents.Answers.Numbers;

namespace Agents.Answers.Algebra;

/// <summary>Functions whose value at rational arguments is rational.</summary>
internal static class Arithmetic
{
    private const int MaxFactorial = 400;

    /// <summary>The exact value, or null when it is not rational or out of bounds.</summary>
    public static Rational? Evaluate(string name, IReadOnlyList<Rational> arguments) => (name, arguments) switch
    {
        ("abs", [var x]) => x.Abs(),
        ("floor", [var x]) => Floor(x),
        ("ceil", [var x]) => -Floor(-x),
        ("sgn", [var x]) => x.Sign,
        ("!", [{ IsInteger: true, Sign: >= 0 } n]) when n <= MaxFactorial => Factorial((int)n.Numerator),
        ("!!", [{ IsInteger: true, Sign: >= 0 } n]) when n <= MaxFactorial => DoubleFactorial((int)n.Numerator),
        ("binom" or "C", [{ IsInteger: true, Sign: >= 0 } n, { IsInteger: true, Sign: >= 0 } k]) when n <= MaxFactorial => Binomial((int)n.Numerator, (int)BigInteger.Min(k.Numerator, MaxFactorial + 1)),
        ("mod", [{ IsInteger: true } a, { IsInteger: true, Sign: > 0 } b]) => new Rational(((a.Numerator % b.Numerator) + b.Numerator) % b.Numerator),
        ("gcd", { Count: > 0 }) when arguments.All(a => a.IsInteger) => new Rational(arguments.Aggregate(BigInteger.Zero, (g, a) => BigInteger.GreatestCommonDivisor(g, a.Numerator))),
        ("lcm", [{ IsInteger: true, IsZero: false } a, { IsInteger: true, IsZero: false } b]) => new Rational(BigInteger.Abs(a.Numerator * b.Numerator) / BigInteger.GreatestCommonDivisor(a.Numerator, b.Numerator)),
        ("min", { Count: > 0 }) => arguments.Min(),
        ("max", { Count: > 0 }) => arguments.Max(),
        ("log", [var x, var radix]) => Logarithm(x, radix),
        ("log" or "ln", [{ IsOne: true }]) => Rational.Zero,
        ("sin" or "tan" or "arcsin" or "arctan" or "sinh" or "tanh", [{ IsZero: true }]) => Rational.Zero,
        ("cos" or "cosh" or "sec", [{ IsZero: true }]) => Rational.One,
        _ => null,
    };

    public static Rational Floor(Rational x) => new(BigInteger.Divide(x.Numerator - (x.Sign < 0 ? x.Denominator - 1 : 0), x.Denominator));

    private static Rational DoubleFactorial(int n)
    {
        BigInteger product = 1;
        for (int i = n; i > 1; i -= 2) product *= i;
        return new Rational(product);
    }

    private static Rational Factorial(int n)
    {
        BigInteger product = BigInteger.One;
        for (int i = 2; i <= n; i++) product *= i;
        return new Rational(product);
    }

    private static Rational Binomial(int n, int k)
    {
        if (k > n) return Rational.Zero;
        BigInteger result = BigInteger.One;
        for (int i = 1; i <= Math.Min(k, n - k); i++) result = result * (n - i + 1) / i;
        return new Rational(result);
    }

    /// <summary>log₂ 8 = 3; only integer results of moderate size are found.</summary>
    private static Rational? Logarithm(Rational x, Rational radix)
    {
        if (x.Sign <= 0 || radix <= Rational.One || !radix.IsInteger) return null;
        if (x.IsOne) return Rational.Zero;
        bool inverse = x < Rational.One;
        if (inverse) x = Rational.One / x;
        if (!x.IsInteger) return null;
        int exponent = 0;
        BigInteger rest = x.Numerator;
        while (!rest.IsOne)
        {
            rest = BigInteger.DivRem(rest, radix.Numerator, out BigInteger remainder);
            if (!remainder.IsZero || ++exponent > 4096) return null;
        }

        return inverse ? -exponent : exponent;
    }
}
