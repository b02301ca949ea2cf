using System.Globalization;
using System.Numerics;

namespace Agents.Answers.Numbers;

/// <summary>An exact fraction in lowest terms with a positive denominator.</summary>
internal readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    /// <summary>Numbers wider than this are left to numeric evaluation, so that no input makes arithmetic slow.</summary>
    public const int MaxBits = 4096;

    private readonly BigInteger _denominatorLessOne; // so that default(Rational) is zero

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        _denominatorLessOne = denominator - 1;
    }

    public Rational(BigInteger integer) : this(integer, BigInteger.One) { }

    public static Rational Zero => default;
    public static Rational One { get; } = new(BigInteger.One);
    public static Rational MinusOne { get; } = new(BigInteger.MinusOne);

    public BigInteger Numerator { get; }
    public BigInteger Denominator => _denominatorLessOne + 1;

    public bool IsZero => Numerator.IsZero;
    public bool IsOne => Numerator.IsOne && _denominatorLessOne.IsZero;
    public bool IsInteger => _denominatorLessOne.IsZero;
    public int Sign => Numerator.Sign;

    /// <summary>Whether further exact arithmetic would exceed the bound.</summary>
    public bool IsHuge => Numerator.GetBitLength() > MaxBits || _denominatorLessOne.GetBitLength() > MaxBits;

    /// <summary>numerator / denominator; the denominator must not be zero.</summary>
    public static Rational Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsOne) return new(numerator);
        if (denominator.Sign < 0) (numerator, denominator) = (-numerator, -denominator);
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return divisor.IsOne ? new(numerator, denominator) : new(numerator / divisor, denominator / divisor);
    }

    public static implicit operator Rational(long value) => new(value);

    public static Rational operator +(Rational a, Rational b) => a.IsInteger && b.IsInteger
        ? new(a.Numerator + b.Numerator)
        : Of((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);
    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator *(Rational a, Rational b) => a.IsInteger && b.IsInteger
        ? new(a.Numerator * b.Numerator)
        : Of(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => Of(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator ==(Rational a, Rational b) => a.Equals(b);
    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);
    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;
    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;
    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public Rational Abs() => Sign < 0 ? -this : this;

    /// <summary>This to an integer power, or null when the result would be too wide or is a division by zero.</summary>
    public Rational? Power(int exponent)
    {
        if (exponent == 0) return One;
        if (IsZero) return exponent > 0 ? Zero : null;
        long width = Math.Max(Numerator.GetBitLength(), Denominator.GetBitLength());
        if (width * Math.Abs((long)exponent) > MaxBits) return IsOne ? One : null;
        var power = new Rational(BigInteger.Pow(Numerator, Math.Abs(exponent)), BigInteger.Pow(Denominator, Math.Abs(exponent)));
        return exponent > 0 ? power : One / power;
    }

    /// <summary>Ten to an integer power; the exponent must lie within ±1200.</summary>
    public static Rational PowerOfTen(int exponent) => exponent >= 0
        ? new(BigInteger.Pow(10, exponent))
        : new(BigInteger.One, BigInteger.Pow(10, -exponent));

    public double ToDouble()
    {
        if (IsInteger) return (double)Numerator;
        long shift = 64 + Denominator.GetBitLength() - Numerator.GetBitLength();
        if (shift is > 2000 or < -2000) return (double)Numerator / (double)Denominator;
        BigInteger quotient = shift >= 0 ? (Numerator << (int)shift) / Denominator : Numerator / (Denominator << (int)-shift);
        return Math.ScaleB((double)quotient, (int)-shift);
    }

    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);
    public bool Equals(Rational other) => Numerator == other.Numerator && _denominatorLessOne == other._denominatorLessOne;
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(Numerator, _denominatorLessOne);

    public override string ToString() => IsInteger
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
