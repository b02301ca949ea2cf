using Agents.Answers.Algebra;
using Agents.Answers.Expressions;

namespace Agents.Answers.Comparison;

/// <summary>
/// Compares two trees by their structure: relations, collections, matrices, scalars. Every comparison spends of one budget of work,
/// so the whole is bounded; when it is spent the answer is unknown. One algorithm over the closed node family, in three files.
/// </summary>
internal sealed partial class NodeComparer(AnswerOptions options, Work work)
{
    private readonly ScalarComparer _scalars = new(options, work);
    private int _depth;

    public Equivalence Compare(Node a, Node b)
    {
        if (ReferenceEquals(a, b)) return Equivalence.Equal;
        if (!work.Spend(3) || _depth > 200) return Equivalence.Unknown;
        _depth++;
        Equivalence result = Dispatch(Expand(a), Expand(b));
        _depth--;
        return result;
    }

    private Equivalence Dispatch(Node a, Node b)
    {
        if (a is RelationNode || b is RelationNode) return CompareRelations(a, b);
        if (a is SetOperationNode || b is SetOperationNode) return CompareSets(a, b);
        if (a is MatrixNode || b is MatrixNode) return CompareMatrices(a, b);
        if (a is CollectionNode || b is CollectionNode) return CompareCollections(a, b);
        if (a is WordsNode x && b is WordsNode y) return Of(string.Equals(x.Folded, y.Folded, StringComparison.Ordinal));
        if (a is WordsNode || b is WordsNode) return Equivalence.Different;
        if (a is CallNode { Name: "ratio", Arguments: { Length: > 2 } p } && b is CallNode { Name: "ratio", Arguments: var q }) return CompareProportions(p, q);
        return _scalars.Compare(a, b);
    }

    /// <summary>2 : 3 : 5 is 4 : 6 : 10.</summary>
    private Equivalence CompareProportions(Node[] a, Node[] b)
    {
        if (a.Length != b.Length) return Equivalence.Different;
        Equivalence all = Equivalence.Equal;
        for (int i = 1; i < a.Length && all != Equivalence.Different; i++) all = Weaker(all, _scalars.Compare(new ProductNode([a[i], b[0]]), new ProductNode([b[i], a[0]])));
        return all;
    }

    /// <summary>1 ± √2 is the list of its two values.</summary>
    private static Node Expand(Node node)
    {
        if (node is RelationNode { Relations: ['='] } relation && NodeFacts.HasPlusMinus(relation.Operands[1]) && NodeFacts.IsName(relation.Operands[0]))
            return new RelationNode([relation.Operands[0], Expand(relation.Operands[1])], relation.Relations);
        if (node is CollectionNode collection && Array.Exists(collection.Items, NodeFacts.HasPlusMinus) && collection.Open is '\0' or '{')
            return new CollectionNode(collection.Open, collection.Close, [.. collection.Items.SelectMany(Both)], collection.Escaped);
        if (node is CollectionNode { Open: '(' } tuple && Array.Exists(tuple.Items, NodeFacts.HasPlusMinus)) // (±2, 0): two points
            return new CollectionNode('\0', '\0', [WithSign(tuple, plus: true), WithSign(tuple, plus: false)]);
        if (node is CollectionNode or RelationNode or MatrixNode or SetOperationNode || !NodeFacts.HasPlusMinus(node)) return node;
        return new CollectionNode('\0', '\0', [.. Both(node)]);
    }

    private static CollectionNode WithSign(CollectionNode tuple, bool plus) => new(tuple.Open, tuple.Close, Array.ConvertAll(tuple.Items, item => NodeFacts.ChooseSign(item, plus)));

    private static IEnumerable<Node> Both(Node node) => NodeFacts.HasPlusMinus(node) ? [NodeFacts.ChooseSign(node, true), NodeFacts.ChooseSign(node, false)] : [node];

    private Equivalence CompareMatrices(Node a, Node b)
    {
        if (a is MatrixNode x && b is MatrixNode y)
        {
            if (x.Rows.Length != y.Rows.Length)
            {
                // A row and a column name the same vector.
                return IsVector(x) && IsVector(y) ? CompareInOrder(Entries(x), Entries(y)) : Equivalence.Different;
            }

            Equivalence all = Equivalence.Equal;
            for (int r = 0; r < x.Rows.Length; r++)
            {
                all = Weaker(all, CompareInOrder(x.Rows[r], y.Rows[r]));
                if (all == Equivalence.Different) return all;
            }

            return all;
        }

        MatrixNode matrix = a as MatrixNode ?? (MatrixNode)b;
        Node other = a is MatrixNode ? b : a;
        if (other is CallNode { Name: "binom", Arguments: var column } && IsVector(matrix)) return CompareInOrder(Entries(matrix), column); // \binom{3}{-7} as a column
        if (other is not CollectionNode collection) return Equivalence.Different;
        if (IsVector(matrix) && Array.TrueForAll(collection.Items, i => i is not CollectionNode))
        {
            Equivalence inOrder = CompareInOrder(Entries(matrix), collection.Items);
            // A system of equations may be listed in any order.
            return inOrder != Equivalence.Equal && Array.Exists(collection.Items, i => i is RelationNode) ? CompareUnordered(Entries(matrix), collection.Items, distinct: false) : inOrder;
        }

        if (collection.Items.Length != matrix.Rows.Length) return Equivalence.Different;
        Equivalence result = Equivalence.Equal;
        for (int r = 0; r < matrix.Rows.Length && result != Equivalence.Different; r++)
            result = Weaker(result, collection.Items[r] is CollectionNode row ? CompareInOrder(matrix.Rows[r], row.Items) : Equivalence.Different);
        return result;
    }

    private static bool IsVector(MatrixNode matrix) => matrix.Rows.Length == 1 || Array.TrueForAll(matrix.Rows, row => row.Length == 1);

    private static Node[] Entries(MatrixNode matrix) => [.. matrix.Rows.SelectMany(row => row)];

    private Equivalence CompareInOrder(Node[] a, Node[] b)
    {
        if (a.Length != b.Length) return Equivalence.Different;
        Equivalence all = Equivalence.Equal;
        for (int i = 0; i < a.Length && all != Equivalence.Different; i++) all = Weaker(all, Compare(a[i], b[i]));
        return all;
    }

    /// <summary>Pairs each item with one that equals it; with <paramref name="distinct"/> repeated items count once.</summary>
    private Equivalence CompareUnordered(Node[] a, Node[] b, bool distinct)
    {
        if (!distinct && a.Length != b.Length) return Equivalence.Different;
        if (!distinct && a.Length > 8 && SameIntegers(a, b)) return Equivalence.Equal;
        var used = new bool[b.Length];
        bool unknown = false;
        foreach (Node item in a)
        {
            bool found = false;
            for (int i = 0; i < b.Length && !found; i++)
            {
                if (used[i] && !distinct) continue;
                Equivalence result = Compare(item, b[i]);
                unknown |= result == Equivalence.Unknown;
                found = result == Equivalence.Equal;
                if (found) used[i] = true;
            }

            if (!found) return unknown || work.IsSpent ? Equivalence.Unknown : Equivalence.Different;
        }

        if (!distinct) return Equivalence.Equal;
        for (int i = 0; i < b.Length; i++)
        {
            if (!used[i] && !Array.Exists(a, item => Compare(item, b[i]) == Equivalence.Equal)) return work.IsSpent ? Equivalence.Unknown : Equivalence.Different;
        }

        return Equivalence.Equal;
    }

    /// <summary>A long list of exact numbers is compared sorted.</summary>
    private static bool SameIntegers(Node[] a, Node[] b)
    {
        if (!Array.TrueForAll(a, IsExactNumber) || !Array.TrueForAll(b, IsExactNumber)) return false;
        return a.Select(n => ((NumberNode)n).Value).Order().SequenceEqual(b.Select(n => ((NumberNode)n).Value).Order());

        static bool IsExactNumber(Node node) => node is NumberNode { IsExact: true };
    }

    private static Equivalence Weaker(Equivalence a, Equivalence b) =>
        a == Equivalence.Different || b == Equivalence.Different ? Equivalence.Different
        : a == Equivalence.Unknown || b == Equivalence.Unknown ? Equivalence.Unknown
        : Equivalence.Equal;

    private static Equivalence Of(bool equal) => equal ? Equivalence.Equal : Equivalence.Different;
}
