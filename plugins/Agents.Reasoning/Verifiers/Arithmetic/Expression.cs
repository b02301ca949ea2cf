namespace Agents.Reasoning.Verifiers;

/// <summary>One side of an equality, as it was read.</summary>
/// <param name="Value">Its value, or null where it is unknown: a variable, a division by zero, too wide a number.</param>
/// <param name="Operations">How many operations it states; 0 for a bare number.</param>
/// <param name="End">The token after it, units passed over where a relation or a bracket follows.</param>
internal readonly record struct Expression(Fraction? Value, int Operations, int End)
{
    /// <summary>The first operand, unless a bracket encloses it: what a running chain such as <c>3*4 = 12 + 5 = 17</c> carries on.</summary>
    public Fraction? Leading { get; init; }

    /// <summary>A lone fraction between 0 and 1, such as 3/4.</summary>
    public bool IsProperFraction { get; init; }

    /// <summary>The last token read as part of the value.</summary>
    public int Last { get; init; }

    /// <summary>Whether a percent sign was read; the value is then a matter of convention.</summary>
    public bool HasPercent { get; init; }

    /// <summary>Whether words or currency stood among the numbers.</summary>
    public bool HasUnits { get; init; }

    /// <summary>Whether a number has so many decimals that a machine's floating point wrote it.</summary>
    public bool IsMachine { get; init; }
}
