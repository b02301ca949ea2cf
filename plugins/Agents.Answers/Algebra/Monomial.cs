using Agents.Answers.Numbers;

namespace Agents.Answers.Algebra;

/// <summary>
/// A product of atoms to rational exponents, sorted by atom. Atoms are variables, "π", "e", "i", primes "#2" under roots, and opaque
/// subexpressions by their canonical text. Relations between powers of one atom (i² = −1, (√2)² = 2) are applied when multiplying.
/// </summary>
internal sealed class Monomial : IEquatable<Monomial>
{
    public const int MaxAtoms = 24;
    public static readonly Monomial Unit = new([]);

    private readonly int _hash;

    private Monomial((string Atom, Exponent Exponent)[] factors)
    {
        Factors = factors;
        var hash = new HashCode();
        foreach ((string atom, Exponent exponent) in factors)
        {
            hash.Add(atom);
            hash.Add(exponent);
        }

        _hash = hash.ToHashCode();
    }

    public (string Atom, Exponent Exponent)[] Factors { get; }

    public static Monomial Of(string atom, Exponent exponent) => exponent.IsZero ? Unit : new([(atom, exponent)]);

    /// <summary>The product and the rational factor that the atoms' own relations split off; null when out of bounds.</summary>
    public static (Monomial Product, Rational Factor)? Multiply(Monomial a, Monomial b)
    {
        if (a.Factors.Length == 0) return (b, Rational.One);
        if (b.Factors.Length == 0) return (a, Rational.One);
        var merged = new List<(string, Exponent)>(a.Factors.Length + b.Factors.Length);
        Rational factor = Rational.One;
        int i = 0, j = 0;
        while (i < a.Factors.Length || j < b.Factors.Length)
        {
            int order = i == a.Factors.Length ? 1 : j == b.Factors.Length ? -1 : string.CompareOrdinal(a.Factors[i].Atom, b.Factors[j].Atom);
            if (order < 0) merged.Add(a.Factors[i++]);
            else if (order > 0) merged.Add(b.Factors[j++]);
            else
            {
                if (Exponent.Add(a.Factors[i].Exponent, b.Factors[j].Exponent) is not { } sum) return null;
                if (Reduce(a.Factors[i].Atom, ref sum) is not { } split) return null;
                factor *= split;
                if (!sum.IsZero) merged.Add((a.Factors[i].Atom, sum));
                i++;
                j++;
            }
        }

        return merged.Count > MaxAtoms || factor.IsHuge ? null : (new Monomial([.. merged]), factor);
    }

    /// <summary>Brings the exponent of i into {0, 1} and of a prime into [0, 1).</summary>
    public static Rational? Reduce(string atom, ref Exponent exponent)
    {
        if (atom == "i" && exponent.IsInteger)
        {
            int power = ((exponent.Numerator % 4) + 4) % 4;
            exponent = new Exponent(power % 2, 1);
            return power >= 2 ? Rational.MinusOne : Rational.One;
        }

        if (atom[0] != '#') return Rational.One;
        int whole = (int)Math.Floor((double)exponent.Numerator / exponent.Denominator);
        if (whole == 0) return Rational.One;
        exponent = Exponent.Of(exponent.Numerator - ((long)whole * exponent.Denominator), exponent.Denominator) ?? exponent;
        return new Rational(System.Numerics.BigInteger.Parse(atom.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)).Power(whole);
    }

    public bool Equals(Monomial? other)
    {
        if (other is null || _hash != other._hash || Factors.Length != other.Factors.Length) return false;
        for (int i = 0; i < Factors.Length; i++)
        {
            if (Factors[i].Exponent != other.Factors[i].Exponent || !string.Equals(Factors[i].Atom, other.Factors[i].Atom, StringComparison.Ordinal)) return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Monomial);
    public override int GetHashCode() => _hash;

    public override string ToString() => string.Join('*', Factors.Select(f => f.Exponent == Exponent.One ? f.Atom : $"{f.Atom}^{f.Exponent}"));
}
