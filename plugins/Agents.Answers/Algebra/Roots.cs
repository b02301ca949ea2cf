using System.Globalization;
using System.Numerics;
using Agents.Answers.Numbers;

namespace Agents.Answers.Algebra;

/// <summary>Rational powers of rational numbers, as rationals times roots of distinct primes, which are linearly independent.</summary>
internal static class Roots
{
    private const int MaxTrialDivisor = 5_000;

    /// <summary>value^exponent, or null out of bounds. The odd root of a negative number is the real one; the even root has a factor i.</summary>
    public static Quotient? Power(Rational value, Exponent exponent, Work work)
    {
        if (exponent.IsInteger)
        {
            if (value.Power(exponent.Numerator) is not { } power) return null;
            return work.Spend((int)(power.Numerator.GetBitLength() + power.Denominator.GetBitLength()) >> 5) ? Quotient.Constant(power) : null;
        }

        if (value.IsZero) return exponent.Numerator > 0 ? Quotient.Constant(Rational.Zero) : null;
        Quotient? result = Quotient.One;
        if (value.Sign < 0)
        {
            if (exponent.Denominator % 2 == 0)
            {
                if (exponent.Denominator != 2) return null;
                Exponent power = new(exponent.Numerator, 1);
                Rational sign = Monomial.Reduce("i", ref power) ?? Rational.One;
                result = new Quotient(Polynomial.Of(Monomial.Of("i", power), sign), Polynomial.One, true);
            }
            else if (exponent.Numerator % 2 != 0) result = Quotient.Constant(Rational.MinusOne);
        }

        result = MultiplyRoot(result, BigInteger.Abs(value.Numerator), exponent, work);
        return result is null ? null : MultiplyRoot(result, value.Denominator, new Exponent(-exponent.Numerator, exponent.Denominator), work);
    }

    private static Quotient? MultiplyRoot(Quotient result, BigInteger integer, Exponent exponent, Work work)
    {
        bool isExact = true;
        if (integer.IsOne) return result;
        if (integer.GetBitLength() > 40)
        {
            if (PerfectRoot(integer, exponent.Denominator) is not { } root) return MultiplyAtom(result, integer, exponent, false, work);
            return new Rational(root).Power(exponent.Numerator) is { } power ? Quotient.Multiply(result, Quotient.Constant(power), work) : null;
        }

        long rest = (long)integer;
        Quotient? product = result;
        if (!work.Spend(200)) return null;
        for (long divisor = 2; divisor <= MaxTrialDivisor && divisor * divisor <= rest && product is not null; divisor += divisor == 2 ? 1 : 2)
        {
            int count = 0;
            while (rest % divisor == 0)
            {
                rest /= divisor;
                count++;
            }

            if (count > 0) product = Exponent.Multiply(exponent, new Exponent(count, 1)) is { } total ? MultiplyAtom(product, divisor, total, true, work) : null;
        }

        if (rest == 1 || product is null) return product;
        if (rest > (long)MaxTrialDivisor * MaxTrialDivisor)
        {
            long root = (long)Math.Round(Math.Sqrt(rest));
            if (root * root == rest) return Exponent.Multiply(exponent, new Exponent(2, 1)) is { } twice ? MultiplyAtom(product, root, twice, true, work) : null;
            isExact = false; // may be a product of two primes
        }

        return MultiplyAtom(product, rest, exponent, isExact, work);
    }

    private static Quotient? MultiplyAtom(Quotient result, BigInteger prime, Exponent exponent, bool isExact, Work work)
    {
        string atom = "#" + prime.ToString(CultureInfo.InvariantCulture);
        if (Monomial.Reduce(atom, ref exponent) is not { } factor) return null;
        return Quotient.Multiply(result, new Quotient(Polynomial.Of(Monomial.Of(atom, exponent), factor), Polynomial.One, isExact), work);
    }

    /// <summary>The exact integer root, or null. By Newton's method on integers.</summary>
    public static BigInteger? PerfectRoot(BigInteger value, int degree)
    {
        if (degree is < 2 or > 64) return null;
        BigInteger x = BigInteger.One << (int)((value.GetBitLength() / degree) + 1);
        while (true)
        {
            BigInteger next = (((degree - 1) * x) + (value / BigInteger.Pow(x, degree - 1))) / degree;
            if (next >= x) break;
            x = next;
        }

        return BigInteger.Pow(x, degree) == value ? x : null;
    }
}
