namespace Agents.Answers.Algebra;

/// <summary>A small rational exponent in lowest terms.</summary>
internal readonly record struct Exponent(int Numerator, int Denominator)
{
    public const int Max = 10_000;

    public static readonly Exponent One = new(1, 1);

    public bool IsZero => Numerator == 0;
    public bool IsInteger => Denominator == 1;

    /// <summary>Out of range exponents are null.</summary>
    public static Exponent? Of(long numerator, long denominator)
    {
        long a = Math.Abs(numerator), b = Math.Abs(denominator);
        while (b != 0) (a, b) = (b, a % b);
        if (a == 0) return null;
        if (denominator < 0) a = -a;
        (numerator, denominator) = (numerator / a, denominator / a);
        return Math.Abs(numerator) > Max || denominator > Max ? null : new Exponent((int)numerator, (int)denominator);
    }

    public static Exponent? Add(Exponent a, Exponent b) => Of(((long)a.Numerator * b.Denominator) + ((long)b.Numerator * a.Denominator), (long)a.Denominator * b.Denominator);

    public static Exponent? Multiply(Exponent a, Exponent b) => Of((long)a.Numerator * b.Numerator, (long)a.Denominator * b.Denominator);

    public override string ToString() => IsInteger ? $"{Numerator}" : $"({Numerator}/{Denominator})";
}
