using Agents.Answers.Algebra;
using Agents.Answers.Expressions;

namespace Agents.Answers.Comparison;

/// <summary>Unions, intersections and differences of pieces of the real line whose ends are constants.</summary>
internal static class RealLine
{
    private const double Tolerance = 1e-12;
    private const int MaxPieces = 64;

    private readonly record struct Numeric(double Low, bool IncludesLow, double High, bool IncludesHigh, Node? LowNode, Node? HighNode)
    {
        public bool IsEmpty => Low > High || (IsSame(Low, High) && !(IncludesLow && IncludesHigh));
        public RealSet.Piece Piece => new(LowNode, IncludesLow, HighNode, IncludesHigh);
    }

    /// <summary>The pieces sorted, with those that overlap or touch joined; as they are when an end is no constant.</summary>
    public static IReadOnlyList<RealSet.Piece> Joined(IReadOnlyList<RealSet.Piece> pieces) =>
        pieces.Count < 2 || Read(pieces) is not { } read ? pieces : [.. Join(read).Select(p => p.Piece)];

    /// <summary>The pieces common to both, or null when an end is no constant.</summary>
    public static IReadOnlyList<RealSet.Piece>? Intersection(IReadOnlyList<RealSet.Piece> a, IReadOnlyList<RealSet.Piece> b)
    {
        // (a, ∞) ∩ (−∞, b) needs no order of a and b.
        if (a is [{ Low: { } low, High: null } left] && b is [{ Low: null, High: { } high } right]) return [new RealSet.Piece(low, left.IncludesLow, high, right.IncludesHigh)];
        if (a is [{ Low: null, High: not null }] && b is [{ Low: not null, High: null }]) return Intersection(b, a);
        return Read(a) is { } x && Read(b) is { } y ? [.. Join(Cross(x, y)).Select(p => p.Piece)] : null;
    }

    /// <summary>The pieces of the first without the second, or null when an end is no constant.</summary>
    public static IReadOnlyList<RealSet.Piece>? Difference(IReadOnlyList<RealSet.Piece> a, IReadOnlyList<RealSet.Piece> b)
    {
        if (Read(a) is not { } rest || Read(b) is not { } removed) return null;
        foreach (Numeric piece in removed)
        {
            Numeric below = new(double.NegativeInfinity, false, piece.Low, !piece.IncludesLow, null, piece.LowNode);
            Numeric above = new(piece.High, !piece.IncludesHigh, double.PositiveInfinity, false, piece.HighNode, null);
            rest = Cross(rest, [.. new[] { below, above }.Where(p => !p.IsEmpty)]);
        }

        return [.. Join(rest).Select(p => p.Piece)];
    }

    /// <summary>Whether the pieces, with constant ends, hold no point.</summary>
    public static bool IsEmpty(IReadOnlyList<RealSet.Piece> pieces) => Read(pieces) is { Count: 0 };

    private static List<Numeric> Cross(List<Numeric> a, List<Numeric> b)
    {
        List<Numeric> common = [];
        foreach (Numeric x in a)
        {
            foreach (Numeric y in b)
            {
                bool lowIsX = x.Low > y.Low || (IsSame(x.Low, y.Low) && !x.IncludesLow), highIsX = x.High < y.High || (IsSame(x.High, y.High) && !x.IncludesHigh);
                (Numeric low, Numeric high) = (lowIsX ? x : y, highIsX ? x : y);
                var piece = new Numeric(low.Low, low.IncludesLow, high.High, high.IncludesHigh, low.LowNode, high.HighNode);
                if (!piece.IsEmpty && common.Count < MaxPieces) common.Add(piece);
            }
        }

        return common;
    }

    private static List<Numeric> Join(List<Numeric> pieces)
    {
        List<Numeric> joined = [];
        foreach (Numeric piece in pieces.OrderBy(p => p.Low).ThenByDescending(p => p.IncludesLow))
        {
            if (joined.Count > 0 && joined[^1] is var last && (piece.Low < last.High || (IsSame(piece.Low, last.High) && (piece.IncludesLow || last.IncludesHigh))))
            {
                bool wider = piece.High > last.High || (IsSame(piece.High, last.High) && piece.IncludesHigh);
                if (wider) joined[^1] = last with { High = piece.High, IncludesHigh = piece.IncludesHigh, HighNode = piece.HighNode };
            }
            else joined.Add(piece);
        }

        return joined;
    }

    private static List<Numeric>? Read(IReadOnlyList<RealSet.Piece> pieces)
    {
        if (pieces.Count > MaxPieces) return null;
        var work = new Work(2000);
        List<Numeric> read = [];
        foreach (RealSet.Piece piece in pieces)
        {
            double low = piece.Low is null ? double.NegativeInfinity : Value(piece.Low, work), high = piece.High is null ? double.PositiveInfinity : Value(piece.High, work);
            if (double.IsNaN(low) || double.IsNaN(high)) return null;
            var numeric = new Numeric(low, piece.IncludesLow, high, piece.IncludesHigh, piece.Low, piece.High);
            if (!numeric.IsEmpty) read.Add(numeric);
        }

        return read;
    }

    private static double Value(Node node, Work work)
    {
        if (!NodeFacts.IsConstant(node)) return double.NaN;
        NumericValue value = new NumericEvaluator(0, false, work).Evaluate(node);
        return value.IsDefined && Math.Abs(value.Value.Imaginary) < Tolerance ? value.Value.Real : double.NaN;
    }

    private static bool IsSame(double a, double b) => a.Equals(b) || (double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(a)));
}
