using System.Text;
using Agents.Answers.Numbers;

namespace Agents.Answers.Algebra;

/// <summary>A sum of monomials with rational coefficients, none zero. Immutable; operations return null when the result would be out of bounds.</summary>
internal sealed class Polynomial
{
    public const int MaxTerms = 128;
    public static readonly Polynomial Zero = new([]);
    public static readonly Polynomial One = Constant(Rational.One);

    private readonly Dictionary<Monomial, Rational> _terms;

    private Polynomial(Dictionary<Monomial, Rational> terms) => _terms = terms;

    public int Count => _terms.Count;
    public bool IsZero => _terms.Count == 0;
    public IReadOnlyDictionary<Monomial, Rational> Terms => _terms;

    /// <summary>The value when there are no atoms.</summary>
    public Rational? AsConstant => _terms.Count switch
    {
        0 => Rational.Zero,
        1 when _terms.TryGetValue(Monomial.Unit, out Rational value) => value,
        _ => null,
    };

    public static Polynomial Constant(Rational value) => value.IsZero ? Zero : Of(Monomial.Unit, value);

    public static Polynomial Of(Monomial monomial, Rational coefficient) => new(new Dictionary<Monomial, Rational>(1) { [monomial] = coefficient });

    public static Polynomial? Add(Polynomial a, Polynomial b, Work work)
    {
        if (!work.Spend(b.Count + 1)) return null;
        var sum = new Dictionary<Monomial, Rational>(a._terms);
        foreach ((Monomial monomial, Rational coefficient) in b._terms)
        {
            if (!Accumulate(sum, monomial, coefficient)) return null;
        }

        return sum.Count > MaxTerms ? null : new Polynomial(sum);
    }

    public static Polynomial? Multiply(Polynomial a, Polynomial b, Work work)
    {
        if (ReferenceEquals(a, One)) return b;
        if (ReferenceEquals(b, One)) return a;
        if (!work.Spend((a.Count * b.Count) + 1)) return null;
        var product = new Dictionary<Monomial, Rational>(a.Count * b.Count);
        foreach ((Monomial left, Rational x) in a._terms)
        {
            foreach ((Monomial right, Rational y) in b._terms)
            {
                if (Monomial.Multiply(left, right) is not var (monomial, factor)) return null;
                Rational coefficient = x * y * factor;
                // Wide coefficients cost more than a step each.
                if (!work.Spend((int)((coefficient.Numerator.GetBitLength() + coefficient.Denominator.GetBitLength()) >> 6)) || !Accumulate(product, monomial, coefficient)) return null;
            }
        }

        return product.Count > MaxTerms ? null : new Polynomial(product);
    }

    private static bool Accumulate(Dictionary<Monomial, Rational> sum, Monomial monomial, Rational coefficient)
    {
        if (sum.TryGetValue(monomial, out Rational present)) coefficient += present;
        if (coefficient.IsZero) sum.Remove(monomial);
        else sum[monomial] = coefficient;
        return !coefficient.IsHuge;
    }

    /// <summary>The ratio this / other when one is a rational multiple of the other, else null. Neither may be zero.</summary>
    public Rational? RatioTo(Polynomial other)
    {
        if (Count != other.Count) return null;
        Rational? ratio = null;
        foreach ((Monomial monomial, Rational coefficient) in _terms)
        {
            if (!other._terms.TryGetValue(monomial, out Rational divisor)) return null;
            Rational here = coefficient / divisor;
            if (ratio is { } seen && seen != here) return null;
            ratio = here;
        }

        return ratio;
    }

    public bool IsSameAs(Polynomial other)
    {
        if (Count != other.Count) return false;
        foreach ((Monomial monomial, Rational coefficient) in _terms)
        {
            if (!other._terms.TryGetValue(monomial, out Rational same) || same != coefficient) return false;
        }

        return true;
    }

    /// <summary>The canonical text: terms in ordinal order of their monomials.</summary>
    public override string ToString()
    {
        if (IsZero) return "0";
        var text = new StringBuilder();
        foreach ((string monomial, Rational coefficient) in _terms.Select(t => (t.Key.ToString(), t.Value)).OrderBy(t => t.Item1, StringComparer.Ordinal))
        {
            if (text.Length > 0 && coefficient.Sign > 0) text.Append('+');
            if (monomial.Length == 0) text.Append(coefficient);
            else if (coefficient.IsOne) text.Append(monomial);
            else if (coefficient == Rational.MinusOne) text.Append('-').Append(monomial);
            else text.Append(coefficient).Append('*').Append(monomial);
        }

        return text.ToString();
    }
}
