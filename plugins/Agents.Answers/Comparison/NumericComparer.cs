using System.Numerics;
using Agents.Answers.Algebra;
using Agents.Answers.Expressions;
using Agents.Answers.Numbers;

namespace Agents.Answers.Comparison;

/// <summary>
/// Compares scalars by evaluation: constants in double precision and, when those agree, to 70 digits; expressions at fixed points.
/// Two analytic expressions that differ agree to nine digits at a random point with probability of about 1e-9, so at six points hardly ever.
/// </summary>
internal sealed class NumericComparer(Work work)
{
    private const int Rounds = 6;
    private const int NegativeRounds = 6;
    private const int RequiredRounds = 3;

    public Equivalence Compare(Node a, Node b)
    {
        if (NodeFacts.IsConstant(a) && NodeFacts.IsConstant(b)) return CompareConstants(a, b);
        bool looksAtSigns = HasAbsolute(a) || HasAbsolute(b);
        int defined = 0, oneSided = 0;
        for (int round = 0; round < Rounds + (looksAtSigns ? NegativeRounds : 0); round++)
        {
            bool negative = round >= Rounds;
            NumericValue x = new NumericEvaluator(round, negative, work).Evaluate(a);
            NumericValue y = new NumericEvaluator(round, negative, work).Evaluate(b);
            if (work.IsSpent) return Equivalence.Unknown;
            if (x.IsDefined != y.IsDefined)
            {
                oneSided++;
                continue;
            }

            if (!x.IsDefined) continue;
            if (!x.AgreesWith(y)) return Equivalence.Different;
            defined++;
        }

        // Where only one side ever has a value, as with a/0 against b, they are not the same value.
        return defined >= RequiredRounds ? Equivalence.Equal
            : defined == 0 && oneSided >= RequiredRounds ? Equivalence.Different
            : Equivalence.Unknown;
    }

    private Equivalence CompareConstants(Node a, Node b)
    {
        NumericValue x = new NumericEvaluator(0, false, work).Evaluate(a);
        NumericValue y = new NumericEvaluator(0, false, work).Evaluate(b);
        if (work.IsSpent) return Equivalence.Unknown;
        if (x.IsDefined && y.IsDefined && !x.AgreesWith(y)) return Equivalence.Different;
        var precise = new PreciseEvaluator(work);
        if (precise.Evaluate(a) is { } p && precise.Evaluate(b) is { } q)
        {
            BigInteger size = BigInteger.Max(BigInteger.Max(BigInteger.Abs(p), BigInteger.Abs(q)), FixedPoint.One >> 32);
            return BigInteger.Abs(p - q) <= size >> (FixedPoint.Places - 80) ? Equivalence.Equal : Equivalence.Different;
        }

        // One side alone has a value: the other is no number (1/0, an interval) or beyond every double.
        return x.IsDefined != y.IsDefined ? Equivalence.Different
            : x.IsDefined ? Equivalence.Equal
            : Equivalence.Unknown;
    }

    /// <summary>The sign of a/b when that ratio is one nonzero constant at every point, else null.</summary>
    public int? ConstantRatio(Node a, Node b)
    {
        Complex? first = null;
        int defined = 0;
        int rounds = HasAbsolute(a) || HasAbsolute(b) ? Rounds + NegativeRounds : Rounds;
        for (int round = 0; round < rounds; round++)
        {
            NumericValue x = new NumericEvaluator(round, round >= Rounds, work).Evaluate(a);
            NumericValue y = new NumericEvaluator(round, round >= Rounds, work).Evaluate(b);
            if (work.IsSpent) return null;
            if (!x.IsDefined || !y.IsDefined || Complex.Abs(y.Value) <= 1e-9 * y.Scale || Complex.Abs(x.Value) <= 1e-9 * x.Scale) continue;
            Complex ratio = x.Value / y.Value;
            if (first is { } seen && Complex.Abs(ratio - seen) > 1e-8 * Complex.Abs(seen)) return null;
            first ??= ratio;
            defined++;
        }

        if (defined < RequiredRounds || first is not { } constant || Math.Abs(constant.Imaginary) > 1e-9 * Complex.Abs(constant)) return null;
        // A ratio of two constants says nothing: 1 = 2 and 3 = 5 are not one equation.
        return NodeFacts.IsConstant(a) || NodeFacts.IsConstant(b) ? null : Math.Sign(constant.Real);
    }

    private static bool HasAbsolute(Node node) => node is CallNode { Name: "abs" or "sgn" or "floor" or "ceil" or "max" or "min" } || NodeFacts.Children(node).Any(HasAbsolute);
}
