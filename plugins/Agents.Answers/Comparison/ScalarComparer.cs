using Agents.Answers.Algebra;
using Agents.Answers.Expressions;
using Agents.Answers.Numbers;

namespace Agents.Answers.Comparison;

/// <summary>Compares scalars: units first, then exact values, then normal forms, then numeric evaluation.</summary>
internal sealed class ScalarComparer(AnswerOptions options, Work work)
{
    private readonly NumericComparer _numeric = new(work);

    public Equivalence Compare(Node a, Node b)
    {
        if (a is QuantityNode || b is QuantityNode) return CompareQuantities(a, b);
        if (a is SymbolNode x && b is SymbolNode y) return Of(string.Equals(x.Name, y.Name, StringComparison.Ordinal));
        if (a is NumberNode p && b is NumberNode q) return NumberComparer.Compare(p, q, options);
        if (Infinity(a) is var signA && Infinity(b) is var signB && (signA != 0 || signB != 0)) return Of(signA == signB);

        NumberNode? aLiteral = DecimalLiteral.Of(a), bLiteral = DecimalLiteral.Of(b);
        if (ExactValue.Of(a) is { } exactA && ExactValue.Of(b) is { } exactB) return NumberComparer.Compare(exactA, aLiteral, exactB, bLiteral, options);
        Equivalence result = CompareExpressions(a, b);
        if (result == Equivalence.Different && options.AcceptRounding && (aLiteral is not null || bLiteral is not null) && NodeFacts.IsConstant(a) && NodeFacts.IsConstant(b))
            return Of((aLiteral is not null && IsRounded(aLiteral, b)) || (bLiteral is not null && IsRounded(bLiteral, a)));
        return result;
    }

    private Equivalence CompareExpressions(Node a, Node b)
    {
        if (NormalForm.Of(a, work) is { } left && NormalForm.Of(b, work) is { } right)
        {
            if (Quotient.Same(left, right, work) is { } same) return Of(same);
        }

        Equivalence result = work.IsSpent ? Equivalence.Unknown : _numeric.Compare(a, b);
        // log 100 is also 2, when the other side is a constant without such a logarithm.
        if (result != Equivalence.Different || CommonLogarithm.Occurs(a) == CommonLogarithm.Occurs(b)) return result;
        return CompareExpressions(CommonLogarithm.Apply(a), CommonLogarithm.Apply(b));
    }

    /// <summary>+1 and −1 for ±∞, 0 for all else.</summary>
    private static int Infinity(Node node) => node switch
    {
        SymbolNode { Name: "∞" } => 1,
        ProductNode { Factors: [NumberNode { Value: var sign }, SymbolNode { Name: "∞" }] } => sign.Sign,
        _ => 0,
    };

    /// <summary>Whether a decimal is the rounding of an irrational constant, or of one whose value is only known numerically.</summary>
    private bool IsRounded(NumberNode literal, Node exact)
    {
        if (literal.Significant < options.IrrationalRoundingDigits) return false;
        NumericValue value = new NumericEvaluator(0, false, work).Evaluate(exact);
        if (!value.IsDefined || Math.Abs(value.Value.Imaginary) > 1e-12 * Math.Abs(value.Value.Real)) return false;
        double unit = Math.Pow(10, -literal.Decimals);
        return Math.Abs(value.Value.Real - literal.Value.ToDouble()) <= (0.5 * unit) + (1e-12 * Math.Abs(value.Value.Real));
    }

    private Equivalence CompareQuantities(Node a, Node b)
    {
        (Node left, Unit? unitA) = Split(a);
        (Node right, Unit? unitB) = Split(b);
        if (unitA is { IsPercent: true } || unitB is { IsPercent: true }) return ComparePercent(left, unitA, right, unitB);
        if (unitA is { IsKnown: true } && unitB is { IsKnown: true })
        {
            if (unitA.Dimension != unitB.Dimension) return unitA.Also is { } alsoA && alsoA.Dimension == unitB.Dimension || unitB.Also is { } alsoB && alsoB.Dimension == unitA.Dimension ? Compare(left, right) : Equivalence.Different;
            if (unitA.Factor == unitB.Factor) return Compare(left, right);
            return Compare(Scale(left, unitA.Factor), Scale(right, unitB.Factor));
        }

        Equivalence amounts = Compare(left, right);
        // 75 cents are also 0.75, when the other side states no unit.
        if (amounts != Equivalence.Equal && (unitA ?? unitB) is { Dimension: "USD", Factor: { IsInteger: false } cent } && (unitA is null || unitB is null)) return unitA is null ? Compare(left, Scale(right, cent)) : Compare(Scale(left, cent), right);
        // 90° is also π/2, when the other side states no unit.
        if (amounts != Equivalence.Equal && (unitA?.IsDegree ?? unitB?.IsDegree ?? false) && (unitA is null || unitB is null)) return CompareExpressions(a, b);
        return amounts;
    }

    private Equivalence ComparePercent(Node left, Unit? unitA, Node right, Unit? unitB)
    {
        bool both = unitA is { IsPercent: true } && unitB is { IsPercent: true };
        if (both) return Compare(left, right);
        if (unitA is { IsPercent: false, IsKnown: true } || unitB is { IsPercent: false, IsKnown: true }) return Equivalence.Different;
        Equivalence byNumber = options.Percent == PercentConvention.Value ? Equivalence.Different : Compare(left, right);
        if (byNumber == Equivalence.Equal || options.Percent == PercentConvention.Number) return byNumber;
        return unitA is { IsPercent: true } ? Compare(Scale(left, unitA.Factor), right) : Compare(left, Scale(right, unitB!.Factor));
    }

    private static (Node Amount, Unit? Unit) Split(Node node) => node is QuantityNode quantity ? (quantity.Amount, quantity.Unit) : (node, null);

    /// <summary>The amount in another unit; a decimal stays a decimal, with its places moved when the factor is a power of ten.</summary>
    private static Node Scale(Node amount, Rational factor)
    {
        if (amount is not NumberNode number) return new ProductNode([new NumberNode(factor), amount]);
        int shift = factor == Rational.Of(1, 100) ? 2 : factor == Rational.Of(1, 1000) ? 3 : 0;
        return new NumberNode(number.Value * factor, number.IsExact ? -1 : number.Decimals + shift, number.Significant);
    }

    /// <summary>
    /// The sign of c when a₀ − a₁ = c·(b₀ − b₁) for a constant c ≠ 0 (as polynomials, or at every point tried), else null.
    /// </summary>
    public int? RatioOfDifferences(Node[] a, Node[] b)
    {
        if (Array.Exists(a, IsNoScalar) || Array.Exists(b, IsNoScalar)) return null;
        Node left = new SumNode([a[0], Node.Negate(a[1])]), right = new SumNode([b[0], Node.Negate(b[1])]);
        if (NormalForm.Of(left, work) is { } x && NormalForm.Of(right, work) is { } y)
        {
            if (x.Numerator.IsZero || y.Numerator.IsZero) return x.Numerator.IsZero && y.Numerator.IsZero ? 1 : null;
            // Denominators only restrict the domain; they must agree, or be constants.
            bool sameDomain = x.Denominator.IsSameAs(y.Denominator) || (x.Denominator.AsConstant is not null && y.Denominator.AsConstant is not null);
            if (x.Numerator.RatioTo(y.Numerator) is { } ratio && sameDomain) return ratio.Sign;
            if (x.IsExact && y.IsExact && !HasRoots(x.Numerator) && !HasRoots(y.Numerator)) return null;
        }

        return _numeric.ConstantRatio(left, right);
    }

    private static bool HasRoots(Polynomial polynomial) => polynomial.Terms.Keys.Any(m => Array.Exists(m.Factors, f => f.Atom[0] == '#' || f.Atom is "π" or "e" or "i" || !f.Exponent.IsInteger || f.Exponent.Numerator < 0));

    private static bool IsNoScalar(Node node) => node is CollectionNode or RelationNode or MatrixNode or SetOperationNode or WordsNode || NodeFacts.HasPlusMinus(node);

    private static Equivalence Of(bool equal) => equal ? Equivalence.Equal : Equivalence.Different;
}
