using Agents.Answers.Expressions;

namespace Agents.Answers.Comparison;

/// <content>Lists, tuples, intervals, sets.</content>
internal sealed partial class NodeComparer
{
    private Equivalence CompareCollections(Node a, Node b)
    {
        if (a is CollectionNode x && b is CollectionNode y) return CompareCollections(x, y);
        (CollectionNode collection, Node other) = a is CollectionNode c ? (c, b) : ((CollectionNode)b, a);
        if (other is SymbolNode { Name: "∅" }) return Equivalence.Different;
        if (other is SymbolNode { Name: "R" } && collection.MayBeInterval) return CompareSets(collection, other);
        // A(1, 2) names the point (1, 2); "AC" lists the choices A and C.
        if (other is CallNode { Name: [>= 'A' and <= 'Z'], Arguments: { Length: > 1 } point } && collection.Open == '(') return CompareInOrder(collection.Items, point);
        if (other is ProductNode product && collection.IsBare && Array.TrueForAll(product.Factors, f => f is SymbolNode { Name: [>= 'A' and <= 'J'] })) return CompareUnordered(collection.Items, product.Factors, distinct: false);
        // {5} and [5] against 5. A list of several is no scalar.
        return collection.Items.Length == 1 ? Compare(collection.Items[0], other) : Equivalence.Different;
    }

    private Equivalence CompareCollections(CollectionNode a, CollectionNode b)
    {
        // A set of one tuple names that tuple.
        if (a is { IsSet: true, Items: [CollectionNode onlyA] } && b.Items.Length != 1) return CompareCollections(onlyA, b);
        if (b is { IsSet: true, Items: [CollectionNode onlyB] } && a.Items.Length != 1) return CompareCollections(a, onlyB);
        if (!Compatible(a, b)) return Equivalence.Different;
        bool isTuple = a.Open == '(' || b.Open == '(' || (a.Open == '[' && b.Open == '[');
        bool ordered = isTuple || (options.OrderedLists && !a.IsSet && !b.IsSet);
        // Solutions are listed once each, but "1, 2, 2" is also written; lists of one length keep their multiplicities.
        if (!ordered) return CompareUnordered(a.Items, b.Items, distinct: (a.IsSet && b.IsSet) || a.Items.Length != b.Items.Length);
        // "x = 1, y = 2" against "(1, 2)" in the order written.
        return CompareInOrder(a.Items, b.Items);
    }

    /// <summary>Whether two kinds of brackets may enclose the same value. Brackets of two items may be an interval, where each matters.</summary>
    private static bool Compatible(CollectionNode a, CollectionNode b)
    {
        if (a.IsBare || b.IsBare) return true;
        if (a.Open == b.Open && a.Close == b.Close) return true;
        if (a.MayBeInterval || b.MayBeInterval) return false;
        return a.Open != '(' && b.Open != '(' || (!a.IsSet && !b.IsSet);
    }

    private Equivalence CompareSets(Node a, Node b)
    {
        if (a is SetOperationNode x && b is SetOperationNode y && x.Operation == y.Operation && x.Operands.Length == y.Operands.Length)
        {
            Equivalence parts = x.Operation == '∖' ? CompareInOrder(x.Operands, y.Operands) : CompareUnordered(x.Operands, y.Operands, distinct: false);
            if (parts == Equivalence.Equal) return parts;
        }

        return RealSet.Of(a) is { } left && RealSet.Of(b) is { } right ? CompareSets(left, right) : Equivalence.Different;
    }

    private Equivalence CompareSets(IReadOnlyList<RealSet.Piece> a, IReadOnlyList<RealSet.Piece> b)
    {
        if (a.Count > 1 || b.Count > 1) (a, b) = (RealLine.Joined(a), RealLine.Joined(b));
        if (a.Count != b.Count) return Equivalence.Different;
        var used = new bool[b.Count];
        foreach (RealSet.Piece piece in a)
        {
            int found = -1;
            for (int i = 0; i < b.Count && found < 0; i++)
            {
                if (!used[i] && Same(piece, b[i])) found = i;
            }

            if (found < 0) return work.IsSpent ? Equivalence.Unknown : Equivalence.Different;
            used[found] = true;
        }

        return Equivalence.Equal;
    }

    private bool Same(RealSet.Piece a, RealSet.Piece b) =>
        a.IncludesLow == b.IncludesLow && a.IncludesHigh == b.IncludesHigh && SameEnd(a.Low, b.Low) && SameEnd(a.High, b.High);

    private bool SameEnd(Node? a, Node? b) => a is null || b is null ? a is null && b is null : Compare(a, b) == Equivalence.Equal;
}
