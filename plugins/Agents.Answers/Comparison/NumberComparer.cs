using System.Numerics;
using Agents.Answers.Expressions;
using Agents.Answers.Numbers;

namespace Agents.Answers.Comparison;

/// <summary>Compares rational numbers: exact against exact by value, decimals by value or as the rounding of what they stand for.</summary>
internal static class NumberComparer
{
    /// <summary>Decimals with at least this many significant digits may carry floating-point noise.</summary>
    private const int NoisyDigits = 9;

    public static Equivalence Compare(NumberNode a, NumberNode b, AnswerOptions options) => Compare(a.Value, a, b.Value, b, options);

    /// <param name="a">The left value.</param>
    /// <param name="aAsWritten">The decimal literal that is all of the left side, or null.</param>
    /// <param name="b">The right value.</param>
    /// <param name="bAsWritten">The decimal literal that is all of the right side, or null.</param>
    /// <param name="options">The conventions.</param>
    public static Equivalence Compare(Rational a, NumberNode? aAsWritten, Rational b, NumberNode? bAsWritten, AnswerOptions options)
    {
        if (a == b) return Equivalence.Equal;
        bool aIsDecimal = aAsWritten is { IsExact: false }, bIsDecimal = bAsWritten is { IsExact: false };
        if (!aIsDecimal && !bIsDecimal) return Equivalence.Different;
        bool equal = IsNoise(a, aIsDecimal ? aAsWritten : null, b, bIsDecimal ? bAsWritten : null, options);
        if (!equal && options.AcceptRounding)
        {
            equal = aIsDecimal && bIsDecimal
                ? (aAsWritten!.Decimals < bAsWritten!.Decimals ? IsRoundedDecimal(aAsWritten, b, options) : IsRoundedDecimal(bAsWritten, a, options))
                : aIsDecimal ? IsRoundedFraction(aAsWritten!, b, options) : IsRoundedFraction(bAsWritten!, a, options);
        }

        return equal ? Equivalence.Equal : Equivalence.Different;
    }

    /// <summary>Whether the value rounds to the literal at the literal's last digit. A half may round either way.</summary>
    public static bool Rounds(NumberNode literal, Rational value) =>
        ((literal.Value - value) * 2 * Rational.PowerOfTen(Math.Min(Math.Max(literal.Decimals, 0), 1100))).Abs() <= Rational.One;

    private static bool IsNoise(Rational a, NumberNode? aDecimal, Rational b, NumberNode? bDecimal, AnswerOptions options)
    {
        if (options.RelativeTolerance == 0) return false;
        if (options.RelativeTolerance <= 1e-9 && Math.Max(aDecimal?.Significant ?? 0, bDecimal?.Significant ?? 0) < NoisyDigits) return false;
        Rational size = Rational.One;
        if (a.Abs() < b.Abs()) size = b.Abs();
        else size = a.Abs();
        var inverse = new Rational((BigInteger)Math.Min(1e18, 1 / options.RelativeTolerance));
        return (a - b).Abs() * inverse <= size;
    }

    private static bool IsRoundedDecimal(NumberNode shorter, Rational longer, AnswerOptions options) =>
        shorter.Significant >= options.DecimalRoundingDigits && Rounds(shorter, longer);

    private static bool IsRoundedFraction(NumberNode @decimal, Rational exact, AnswerOptions options) =>
        @decimal.Significant >= options.RoundingDigits && @decimal.Decimals >= 2 && !Terminates(exact.Denominator) && Rounds(@decimal, exact);

    /// <summary>Whether a fraction with this denominator has a finite decimal expansion; then only its exact decimal equals it.</summary>
    private static bool Terminates(BigInteger denominator)
    {
        foreach (int prime in (ReadOnlySpan<int>)[2, 5])
        {
            while (true)
            {
                BigInteger quotient = BigInteger.DivRem(denominator, prime, out BigInteger remainder);
                if (!remainder.IsZero) break;
                denominator = quotient;
            }
        }

        return denominator.IsOne;
    }
}
