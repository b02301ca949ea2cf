using System.Numerics;

namespace Agents.Answers.Numbers;

/// <summary>
/// Real numbers with 256 binary places (about 77 decimal places) over BigInteger, and the elementary functions on them.
/// One algorithm: each function reduces its argument and sums its Taylor series. Results carry a few units of error in the last 16 places.
/// </summary>
internal static class FixedPoint
{
    public const int Places = 256;
    private const int MaxBits = 4 * Places;

    public static readonly BigInteger One = BigInteger.One << Places;
    public static readonly BigInteger Pi = 4 * ((4 * ArcTangentOfInverse(5)) - ArcTangentOfInverse(239)); // Machin
    private static readonly BigInteger LogarithmOfTwo = 2 * ArcHyperbolicTangentOfInverse(3);
    public static readonly BigInteger E = ExponentialSeries(One);

    /// <summary>The value when it is within range; a null means out of range, and passes through every function.</summary>
    public static BigInteger? Bounded(BigInteger value) => value.GetBitLength() > MaxBits ? null : value;

    public static BigInteger Of(Rational value) => (value.Numerator << Places) / value.Denominator;

    public static BigInteger? Multiply(BigInteger a, BigInteger b) => Bounded((a * b) >> Places);

    public static BigInteger? Divide(BigInteger a, BigInteger b) => b.IsZero ? null : Bounded((a << Places) / b);

    /// <summary>√a for a ≥ 0.</summary>
    public static BigInteger? SquareRoot(BigInteger a)
    {
        if (a.Sign < 0) return null;
        if (a.IsZero) return BigInteger.Zero;
        BigInteger target = a << Places;
        BigInteger x = BigInteger.One << (int)((target.GetBitLength() / 2) + 1);
        while (true)
        {
            BigInteger next = (x + (target / x)) >> 1;
            if (next >= x) return x;
            x = next;
        }
    }

    public static BigInteger? Exponential(BigInteger a)
    {
        BigInteger twos = BigInteger.Divide(a, LogarithmOfTwo);
        if (BigInteger.Abs(twos) > Places * 2) return twos.Sign < 0 ? BigInteger.Zero : null;
        BigInteger series = ExponentialSeries(a - (twos * LogarithmOfTwo));
        return twos.Sign >= 0 ? Bounded(series << (int)twos) : series >> (int)-twos;
    }

    /// <summary>ln a for a > 0: halve until in [1, 2), then 2·artanh((a−1)/(a+1)).</summary>
    public static BigInteger? Logarithm(BigInteger a)
    {
        if (a.Sign <= 0) return null;
        int twos = (int)a.GetBitLength() - Places - 1;
        BigInteger m = twos >= 0 ? a >> twos : a << -twos;
        BigInteger z = ((m - One) << Places) / (m + One);
        BigInteger square = (z * z) >> Places, power = z, sum = z;
        for (int n = 3; !power.IsZero; n += 2)
        {
            power = (power * square) >> Places;
            sum += power / n;
        }

        return (2 * sum) + (twos * LogarithmOfTwo);
    }

    public static BigInteger Sine(BigInteger a)
    {
        a %= 2 * Pi;
        BigInteger square = (a * a) >> Places, term = a, sum = a;
        for (int n = 2; !term.IsZero && n < 400; n += 2)
        {
            term = -((term * square) >> Places) / (n * (n + 1));
            sum += term;
        }

        return sum;
    }

    public static BigInteger Cosine(BigInteger a) => Sine(a + (Pi >> 1));

    private static BigInteger ExponentialSeries(BigInteger a)
    {
        BigInteger term = One, sum = One;
        for (int n = 1; !term.IsZero && n < 400; n++)
        {
            term = ((term * a) >> Places) / n;
            sum += term;
        }

        return sum;
    }

    private static BigInteger ArcTangentOfInverse(int x)
    {
        BigInteger power = One / x, sum = power;
        for (int n = 3; !power.IsZero; n += 2)
        {
            power /= x * x;
            sum += n % 4 == 3 ? -(power / n) : power / n;
        }

        return sum;
    }

    private static BigInteger ArcHyperbolicTangentOfInverse(int x)
    {
        BigInteger power = One / x, sum = power;
        for (int n = 3; !power.IsZero; n += 2)
        {
            power /= x * x;
            sum += power / n;
        }

        return sum;
    }
}
