namespace Agents.Reasoning.Verifiers;

/// <summary>Decides whether two sides are equal. Null where that is a matter of units or of what the writer meant.</summary>
internal static class EqualityCheck
{
    // Between units of time, length, weight, money and count; a result in another unit is not checked.
    private static readonly int[] conversions = [2, 3, 4, 7, 10, 12, 16, 24, 30, 36, 52, 60, 100, 365, 1000, 1440, 1760, 2000, 3600, 5280];

    /// <summary>Compares a left side with the side that follows it; both have values.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <param name="isContinued">Another relation follows: the right side may be a running total.</param>
    /// <param name="places">Where rounding was announced, the digits that the rounded number states; else null.</param>
    /// <param name="isMachine">Floating point wrote one of the numbers: equal to nine digits is equal.</param>
    public static bool? Holds(in Expression left, in Expression right, bool isContinued, int? places, bool isMachine)
    {
        (Fraction a, Fraction b) = (left.Value!.Value, right.Value!.Value);
        if (a.Is(b) || isMachine && IsNear(a, b) || places is { } digits && IsRounded(a, b, digits))
            return true;
        if (left.IsProperFraction && b >= 1)
            return null; // "3/4 is equal to $15": three quarters of something
        if (right is not { Operations: > 0, Leading: { } leading })
            return right.HasUnits && IsConversion(a, b) ? null : false;
        if (!leading.Is(a))
            return false;

        // "3*4 = 12 + 5 = 17" carries on; "3*4 = 12 apples - 5 …" may be prose.
        return isContinued ? true : right.HasUnits ? null : false;
    }

    /// <summary>Whether a number is another one rounded, or cut off, to the digits it states.</summary>
    public static bool IsRounded(Fraction exact, Fraction stated, int places)
    {
        Fraction unit = Fraction.PowerOfTen(Math.Clamp(-places, -300, 300));
        if (exact - stated is not { } difference)
            return false;
        bool cut = places > 0 && difference.Abs() <= unit && exact.Abs() >= stated.Abs();
        return cut || difference * 2 is { } twice && twice.Abs() <= unit;
    }

    private static bool IsNear(Fraction left, Fraction right) =>
        left - right is { } difference && difference.Abs() * 1_000_000_000 is { } scaled && scaled <= left.Abs();

    private static bool IsConversion(Fraction left, Fraction right)
    {
        if (left / right is not { } ratio || ratio.Sign <= 0)
            return false;
        return Array.Exists(conversions, factor => ratio.Is(factor) || ((Fraction)1 / ratio) is { } inverse && inverse.Is(factor));
    }
}
