using Agents.Answers.Numbers;

namespace Agents.Answers.Algebra;

/// <summary>
/// A quotient of polynomials. Exact when every atom is independent of the others (variables, π, e, i, roots of primes):
/// then two quotients denote the same function only if they cross-multiply to the same polynomial.
/// </summary>
internal sealed record Quotient(Polynomial Numerator, Polynomial Denominator, bool IsExact)
{
    public static readonly Quotient One = new(Polynomial.One, Polynomial.One, true);

    public Rational? AsConstant => Numerator.AsConstant is { } n && Denominator.AsConstant is { IsZero: false } d ? n / d : null;

    public static Quotient Constant(Rational value) => new(Polynomial.Constant(value), Polynomial.One, true);

    public static Quotient Atom(string name, Exponent exponent, bool isExact) => new(Polynomial.Of(Monomial.Of(name, exponent), Rational.One), Polynomial.One, isExact);

    public static Quotient? Add(Quotient a, Quotient b, Work work)
    {
        bool exact = a.IsExact && b.IsExact;
        if (ReferenceEquals(a.Denominator, b.Denominator) || a.Denominator.IsSameAs(b.Denominator))
            return Polynomial.Add(a.Numerator, b.Numerator, work) is { } sum ? new Quotient(sum, a.Denominator, exact) : null;
        return Polynomial.Multiply(a.Numerator, b.Denominator, work) is { } left && Polynomial.Multiply(b.Numerator, a.Denominator, work) is { } right
            && Polynomial.Add(left, right, work) is { } numerator && Polynomial.Multiply(a.Denominator, b.Denominator, work) is { } denominator
            ? new Quotient(numerator, denominator, exact)
            : null;
    }

    public static Quotient? Multiply(Quotient a, Quotient b, Work work) =>
        Polynomial.Multiply(a.Numerator, b.Numerator, work) is { } numerator && Polynomial.Multiply(a.Denominator, b.Denominator, work) is { } denominator
            ? new Quotient(numerator, denominator, a.IsExact && b.IsExact)
            : null;

    /// <summary>1 / this; null for zero. A monomial denominator moves up as negative exponents, which keeps quotients small.</summary>
    public Quotient? Invert(Work work)
    {
        if (Numerator.IsZero) return null;
        if (Numerator.Count != 1) return new Quotient(Denominator, Numerator, IsExact);
        (Monomial monomial, Rational coefficient) = Numerator.Terms.First();
        Polynomial inverse = Polynomial.Constant(Rational.One / coefficient);
        foreach ((string atom, Exponent exponent) in monomial.Factors)
        {
            var negated = new Exponent(-exponent.Numerator, exponent.Denominator);
            if (Monomial.Reduce(atom, ref negated) is not { } factor) return null;
            if (Polynomial.Multiply(inverse, Polynomial.Of(Monomial.Of(atom, negated), factor), work) is not { } next) return null;
            inverse = next;
        }

        return Polynomial.Multiply(inverse, Denominator, work) is { } numerator ? new Quotient(numerator, Polynomial.One, IsExact) : null;
    }

    /// <summary>Whether the two are one: true, false, or null when neither could be shown.</summary>
    public static bool? Same(Quotient a, Quotient b, Work work)
    {
        bool exact = a.IsExact && b.IsExact;
        if (a.Denominator.IsSameAs(b.Denominator)) return a.Numerator.IsSameAs(b.Numerator) ? true : exact ? false : null;
        if (Polynomial.Multiply(a.Numerator, b.Denominator, work) is not { } left || Polynomial.Multiply(b.Numerator, a.Denominator, work) is not { } right) return null;
        return left.IsSameAs(right) ? true : exact ? false : null;
    }

    public override string ToString() => Denominator.AsConstant is { IsOne: true } ? Numerator.ToString() : $"({Numerator})/({Denominator})";
}
