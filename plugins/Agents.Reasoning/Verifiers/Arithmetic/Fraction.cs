using System.Numerics;

namespace Agents.Reasoning.Verifiers;

/// <summary>An exact fraction in lowest terms. Operations whose result would be too wide, or undefined, are null: not checkable.</summary>
internal readonly struct Fraction
{
    /// <summary>Wider numbers are not worth checking and would make hostile texts slow.</summary>
    private const long MaxBits = 2048;

    private readonly BigInteger denominatorLessOne; // so that default is zero

    private Fraction(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        denominatorLessOne = denominator - 1;
    }

    public static implicit operator Fraction(int value) => new(value, BigInteger.One);

    public BigInteger Numerator { get; }

    public BigInteger Denominator => denominatorLessOne + 1;

    public bool IsInteger => denominatorLessOne.IsZero;

    public int Sign => Numerator.Sign;

    public static Fraction? Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            return null;
        if (denominator.Sign < 0)
            (numerator, denominator) = (-numerator, -denominator);
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (!divisor.IsOne)
            (numerator, denominator) = (numerator / divisor, denominator / divisor);
        return numerator.GetBitLength() > MaxBits || denominator.GetBitLength() > MaxBits ? null : new Fraction(numerator, denominator);
    }

    /// <summary>10^exponent, |exponent| at most 300.</summary>
    public static Fraction PowerOfTen(int exponent) => exponent >= 0
        ? new Fraction(BigInteger.Pow(10, exponent), BigInteger.One)
        : new Fraction(BigInteger.One, BigInteger.Pow(10, -exponent));

    public static Fraction operator -(Fraction a) => new(-a.Numerator, a.Denominator);

    public static Fraction? operator +(Fraction a, Fraction b) => Of((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Fraction? operator -(Fraction a, Fraction b) => a + -b;

    public static Fraction? operator *(Fraction a, Fraction b) => Of(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction? operator /(Fraction a, Fraction b) => Of(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <=(Fraction a, Fraction b) => a.Numerator * b.Denominator <= b.Numerator * a.Denominator;

    public static bool operator >=(Fraction a, Fraction b) => b <= a;

    public bool Is(Fraction other) => Numerator == other.Numerator && denominatorLessOne == other.denominatorLessOne;

    public Fraction Abs() => Sign < 0 ? -this : this;

    /// <summary>This to an integer power.</summary>
    public Fraction? Power(Fraction exponent)
    {
        if (!exponent.IsInteger || BigInteger.Abs(exponent.Numerator) > MaxBits)
            return null;
        int n = (int)BigInteger.Abs(exponent.Numerator);
        if (Math.Max(Numerator.GetBitLength(), Denominator.GetBitLength()) * n > 2 * MaxBits)
            return null;
        (BigInteger top, BigInteger bottom) = (BigInteger.Pow(Numerator, n), BigInteger.Pow(Denominator, n));
        return exponent.Sign >= 0 ? Of(top, bottom) : Of(bottom, top);
    }
}
