using Agents.Answers.Algebra;
using Agents.Answers.Expressions;

namespace Agents.Answers.Comparison;

/// <summary>Subsets of the real line as pieces: intervals, points, unions, inequalities, "x ≠ a", ℝ without points.</summary>
internal static class RealSet
{
    /// <summary>An interval; an end that is null is infinite.</summary>
    internal sealed record Piece(Node? Low, bool IncludesLow, Node? High, bool IncludesHigh);

    private static readonly Piece Line = new(null, false, null, false);

    /// <summary>The pieces, or null when the tree denotes no such set.</summary>
    public static IReadOnlyList<Piece>? Of(Node node) => node switch
    {
        SymbolNode { Name: "R" } => [Line],
        SymbolNode { Name: "∅" } => [],
        CollectionNode { MayBeInterval: true } interval => [Interval(interval.Items[0], interval.Open == '[', interval.Items[1], interval.Close == ']')],
        CollectionNode { IsSet: true } set => [.. set.Items.Select(Point)],
        CollectionNode { IsBare: true } list when Array.Exists(list.Items, i => i is RelationNode { Relations: ['≠'] }) && NodeFacts.AreBoundsOfOneVariable([.. list.Items]) => Intersection(list.Items),
        CollectionNode { IsBare: true } list when Array.TrueForAll(list.Items, i => i is RelationNode) && HasOneVariable(list.Items) => Union(list.Items),
        SetOperationNode { Operation: '∪' } union => Union(union.Operands),
        SetOperationNode { Operation: '∖', Operands: [SymbolNode { Name: "R" }, CollectionNode points] } => Without([.. points.Items]),
        SetOperationNode { Operation: '∖', Operands: [var whole, var removed] } => Of(whole) is { } from && Of(removed) is { } without ? RealLine.Difference(from, without) : null,
        SetOperationNode { Operation: '∩' } intersection => Intersection(intersection.Operands),
        RelationNode relation => OfRelation(relation),
        _ => null,
    };

    /// <summary>"x > 0, y > 0" is no set of reals.</summary>
    private static bool HasOneVariable(Node[] relations) => relations.SelectMany(r => ((RelationNode)r).Operands).OfType<SymbolNode>().Where(s => !NodeFacts.IsNamedConstant(s.Name)).Select(s => s.Name).Distinct().Take(2).Count() < 2;

    /// <summary>What all parts share. "x &lt; 1 and x &gt; 2" can only mean either.</summary>
    private static IReadOnlyList<Piece>? Intersection(Node[] parts)
    {
        IReadOnlyList<Piece>? common = Of(parts[0]);
        for (int i = 1; i < parts.Length && common is not null; i++) common = Of(parts[i]) is { } part ? RealLine.Intersection(common, part) : null;
        return common is not null && RealLine.IsEmpty(common) && Array.TrueForAll(parts, p => p is RelationNode) ? Union(parts) : common;
    }

    private static List<Piece>? Union(Node[] parts)
    {
        var pieces = new List<Piece>();
        foreach (Node part in parts)
        {
            if (Of(part) is not { } more) return null;
            pieces.AddRange(more);
        }

        return pieces;
    }

    private static Piece Point(Node at) => new(at, true, at, true);

    private static Piece Interval(Node low, bool includesLow, Node high, bool includesHigh)
    {
        bool fromInfinity = IsInfinite(low), toInfinity = IsInfinite(high);
        return new Piece(fromInfinity ? null : low, includesLow && !fromInfinity, toInfinity ? null : high, includesHigh && !toInfinity);
    }

    private static bool IsInfinite(Node node) => node is SymbolNode { Name: "∞" } || (node is ProductNode product && Array.Exists(product.Factors, f => f is SymbolNode { Name: "∞" }));

    private static IReadOnlyList<Piece>? OfRelation(RelationNode relation)
    {
        Node[] operands = relation.Operands;
        switch (relation.Relations)
        {
            case ['∈']: return Of(operands[1]);
            case ['≠'] when !NodeFacts.IsConstant(operands[0]): return Without(operands[1] is CollectionNode { IsBare: true } list ? list.Items : [operands[1]]);
            case ['<' or '≤' or '>' or '≥'] when AbsoluteBound(relation) is var (limit, isBelow, isClosed):
                return isBelow
                    ? [Interval(Node.Negate(limit), isClosed, limit, isClosed)]
                    : [Interval(Negative, false, Node.Negate(limit), isClosed), Interval(limit, isClosed, Positive, false)];
            case ['<' or '≤' or '>' or '≥']:
                bool nameFirst = NodeFacts.IsName(operands[0]) || NodeFacts.IsConstant(operands[1]);
                Node bound = nameFirst ? operands[1] : operands[0];
                if (!NodeFacts.IsName(nameFirst ? operands[0] : operands[1])) return null;
                bool below = relation.Relations[0] is '<' or '≤' == nameFirst;
                bool includes = relation.Relations[0] is '≤' or '≥';
                return [below ? Interval(Negative, false, bound, includes) : Interval(bound, includes, Positive, false)];
            case [var first and ('<' or '≤'), var second and ('<' or '≤')] when !NodeFacts.IsConstant(operands[1]):
                return [Interval(operands[0], first == '≤', operands[2], second == '≤')];
            case [var first and ('>' or '≥'), var second and ('>' or '≥')] when !NodeFacts.IsConstant(operands[1]):
                return [Interval(operands[2], second == '≥', operands[0], first == '≥')];
            default: return null;
        }
    }

    /// <summary>|x| &lt; c and c &gt; |x| for a constant c.</summary>
    private static (Node Limit, bool IsBelow, bool IsClosed)? AbsoluteBound(RelationNode relation)
    {
        bool first = relation.Operands[0] is CallNode { Name: "abs", Arguments: [SymbolNode] };
        Node absolute = relation.Operands[first ? 0 : 1], limit = relation.Operands[first ? 1 : 0];
        if (absolute is not CallNode { Name: "abs", Arguments: [SymbolNode] } || !NodeFacts.IsConstant(limit)) return null;
        return (limit, relation.Relations[0] is '<' or '≤' == first, relation.Relations[0] is '≤' or '≥');
    }

    private static readonly SymbolNode Positive = new("∞");
    private static readonly Node Negative = Node.Negate(Positive);

    /// <summary>The line without points: the pieces between them, in order.</summary>
    private static List<Piece>? Without(Node[] points)
    {
        var work = new Work(2000);
        var sorted = points.Select(p => (Node: p, Value: new NumericEvaluator(0, false, work).Evaluate(p))).ToList();
        if (sorted.Exists(p => !p.Value.IsDefined)) return null;
        sorted.Sort((p, q) => p.Value.Value.Real.CompareTo(q.Value.Value.Real));
        var pieces = new List<Piece>();
        Node? low = null;
        foreach ((Node point, _) in sorted)
        {
            pieces.Add(new Piece(low, false, point, false));
            low = point;
        }

        pieces.Add(new Piece(low, false, null, false));
        return pieces;
    }
}
