using Agents.Answers.Expressions;
using Agents.Answers.Numbers;

namespace Agents.Answers.Algebra;

/// <summary>Brings a scalar tree into a quotient of polynomials. Variables are taken as positive under roots, as answers do.</summary>
internal static class NormalForm
{
    private const int MaxIntegerPower = 24;
    private const int MaxOpaqueLength = 600;

    /// <summary>The normal form, or null when out of bounds, undefined (a division by zero) or not a scalar.</summary>
    public static Quotient? Of(Node node, Work work)
    {
        if (!work.Spend()) return null;
        switch (node)
        {
            case NumberNode number: return Quotient.Constant(number.Value);
            case SymbolNode symbol: return symbol.Name is "∞" or "∅" or "…" ? null : Quotient.Atom(symbol.Name, Exponent.One, true);
            case SumNode sum: return Sum(sum, work);
            case ProductNode product: return Product(product, work);
            case PowerNode power: return Power(power, work);
            case QuantityNode quantity: return Quantity(quantity, work);
            case CallNode call: return Call(call, work);
            case WordsNode words: return words.Folded.Length == 0 ? null : Quotient.Atom(words.Folded, Exponent.One, true);
            default: return null;
        }
    }

    private static Quotient? Sum(SumNode sum, Work work)
    {
        Quotient? total = null;
        foreach (Node term in sum.Terms)
        {
            if (Of(term, work) is not { } next) return null;
            total = total is null ? next : Quotient.Add(total, next, work);
            if (total is null) return null;
        }

        return total;
    }

    private static Quotient? Product(ProductNode product, Work work)
    {
        Quotient? total = Quotient.One;
        foreach (Node factor in product.Factors)
        {
            if (Of(factor, work) is not { } next) return null;
            total = Quotient.Multiply(total, next, work);
            if (total is null) return null;
        }

        return total;
    }

    private static Quotient? Quantity(QuantityNode quantity, Work work)
    {
        if (Of(quantity.Amount, work) is not { } amount) return null;
        if (quantity.Unit.IsPercent) return Quotient.Multiply(amount, Quotient.Constant(quantity.Unit.Factor), work);
        return quantity.Unit.IsDegree
            ? Quotient.Multiply(amount, new Quotient(Polynomial.Of(Monomial.Of("π", Exponent.One), Rational.Of(1, 180)), Polynomial.One, true), work)
            : amount;
    }

    private static Quotient? Power(PowerNode power, Work work)
    {
        if (Of(power.Base, work) is not { } @base) return null;
        if (ReferenceEquals(power.Exponent, Node.MinusOne)) return @base.Invert(work);
        if (Of(power.Exponent, work) is not { } exponent) return null;
        if (exponent.AsConstant is not { } constant)
        {
            // b^(c + r) = b^c · b^r, so that 2·2^n and 2^(n+1) agree.
            return @base.Numerator.IsZero ? null : Opaque($"({@base})^({exponent})", Exponent.One, work);
        }

        if (constant.IsZero) return Quotient.One;
        if (constant.Numerator.GetBitLength() > 14 || constant.Denominator.GetBitLength() > 14) return null;
        if (Exponent.Of((long)constant.Numerator, (long)constant.Denominator) is not { } small) return null;
        return Raise(@base, small, work);
    }

    private static Quotient? Raise(Quotient @base, Exponent exponent, Work work)
    {
        if (@base.AsConstant is { } value) return Roots.Power(value, exponent, work) ?? (value.IsZero || !work.Spend((int)(value.Numerator.GetBitLength() >> 3)) ? null : Opaque($"({value})^{exponent}", Exponent.One, work));
        if (exponent.Numerator < 0)
        {
            Quotient? positive = Raise(@base, new Exponent(-exponent.Numerator, exponent.Denominator), work);
            return positive?.Invert(work);
        }

        if (exponent.IsInteger && (@base.Numerator.Count > 1 || @base.Denominator.Count > 1))
        {
            if (exponent.Numerator > MaxIntegerPower) return Opaque($"({@base})", exponent, work);
            Quotient? product = @base;
            for (int i = 1; i < exponent.Numerator && product is not null; i++) product = Quotient.Multiply(product, @base, work);
            return product;
        }

        return RaisePolynomial(@base.Numerator, exponent, @base.IsExact, work) is { } numerator
            && RaisePolynomial(@base.Denominator, exponent, @base.IsExact, work) is { } denominator
            && denominator.Invert(work) is { } inverse
            ? Quotient.Multiply(numerator, inverse, work)
            : null;
    }

    private static Quotient? RaisePolynomial(Polynomial polynomial, Exponent exponent, bool isExact, Work work)
    {
        if (polynomial.AsConstant is { } constant) return Roots.Power(constant, exponent, work);
        if (polynomial.Count != 1) return Opaque($"({polynomial})", exponent, work);
        (Monomial monomial, Rational coefficient) = polynomial.Terms.First();
        if (coefficient.Sign < 0 && !exponent.IsInteger) return Opaque($"({polynomial})", exponent, work);
        Quotient? product = Roots.Power(coefficient, exponent, work);
        foreach ((string atom, Exponent own) in monomial.Factors)
        {
            if (product is null || Exponent.Multiply(own, exponent) is not { } total) return null;
            if (Monomial.Reduce(atom, ref total) is not { } factor) return null;
            bool stays = isExact && !(atom == "i" && !total.IsInteger);
            product = Quotient.Multiply(product, new Quotient(Polynomial.Of(Monomial.Of(atom, total), factor), Polynomial.One, stays), work);
        }

        return product;
    }

    /// <summary>An atom for a subexpression, by its text. Long texts are refused, since nesting would copy them again and again.</summary>
    private static Quotient? Opaque(string text, Exponent exponent, Work work) =>
        text.Length <= MaxOpaqueLength && work.Spend(text.Length >> 3) ? Quotient.Atom(text, exponent, false) : null;

    private static Quotient? Call(CallNode call, Work work)
    {
        var arguments = new Quotient[call.Arguments.Length];
        var values = new List<Rational>(arguments.Length);
        for (int i = 0; i < arguments.Length; i++)
        {
            if (Of(call.Arguments[i], work) is not { } argument)
            {
                // An opaque operator over relations and lists, such as a sum with limits: known by its canonical text alone.
                return work.IsSpent ? null : Opaque(CanonicalText.Of(call, work), Exponent.One, work);
            }

            arguments[i] = argument;
            if (argument.AsConstant is { } value) values.Add(value);
        }

        if (call.Name == "ratio" && arguments.Length == 2) return arguments[1].Invert(work) is { } inverse ? Quotient.Multiply(arguments[0], inverse, work) : null;
        if (values.Count == arguments.Length && Arithmetic.Evaluate(call.Name, values) is { } exact) return Quotient.Constant(exact);
        return Opaque($"{call.Name}({string.Join(',', arguments.Select(a => a.ToString()))})", Exponent.One, work);
    }
}
