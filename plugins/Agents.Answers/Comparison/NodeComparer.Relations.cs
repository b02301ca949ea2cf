using Agents.Answers.Expressions;

namespace Agents.Answers.Comparison;

/// <content>Equations, inequalities, memberships.</content>
internal sealed partial class NodeComparer
{
    private Equivalence CompareRelations(Node a, Node b)
    {
        if (a is RelationNode x && b is RelationNode y) return CompareRelations(x, y);
        (RelationNode relation, Node value) = a is RelationNode r ? (r, b) : ((RelationNode)b, a);
        if (relation.IsSingle('=') || relation.IsSingle('≡')) return CompareWithValue(relation.Operands[0], relation.Operands[1], value);
        if (relation.IsSingle('∈')) return Compare(relation.Operands[1], value);
        if (value is CollectionNode { IsBare: true } list && list.Items.Length == 1) return Compare(relation, list.Items[0]);
        if (value is not (CollectionNode or SetOperationNode or SymbolNode { Name: "R" })) return Equivalence.Different;
        return RealSet.Of(relation) is { } left && RealSet.Of(value) is { } right ? CompareSets(left, right) : Equivalence.Different;
    }

    /// <summary>"x = 3", "3 = x" and "1 + 2 = 3" say 3; "2x + z = 1" does not say 1.</summary>
    private Equivalence CompareWithValue(Node left, Node right, Node value)
    {
        if (NodeFacts.IsConstant(left) && NodeFacts.IsConstant(right)) return Compare(right, value);
        bool leftNames = NodeFacts.IsName(left), rightNames = NodeFacts.IsName(right);
        Equivalence result = leftNames ? Compare(right, value) : Equivalence.Different;
        if (result != Equivalence.Equal && rightNames && !leftNames) result = Compare(left, value);
        return result;
    }

    private Equivalence CompareRelations(RelationNode a, RelationNode b)
    {
        if (a.IsSingle('=') && b.IsSingle('=')) return CompareEquations(a, b);
        if (a.IsSingle('∈') && b.IsSingle('∈')) return Weaker(Compare(a.Operands[0], b.Operands[0]), Compare(a.Operands[1], b.Operands[1]));
        (Node[] Operands, char[] Relations) left = Ascending(a), right = Ascending(b);
        if (left.Relations.AsSpan().SequenceEqual(right.Relations))
        {
            if (CompareInOrder(left.Operands, right.Operands) == Equivalence.Equal) return Equivalence.Equal;
            if (left.Relations is ['≠'] && Crosswise(left.Operands, right.Operands)) return Equivalence.Equal;
            if (left.Relations.Length == 1 && _scalars.RatioOfDifferences(left.Operands, right.Operands) is { } sign && (sign > 0 || left.Relations[0] == '≠')) return Equivalence.Equal;
        }

        if (a.IsSingle('=') || b.IsSingle('=')) return Equivalence.Different;
        return RealSet.Of(a) is { } x && RealSet.Of(b) is { } y ? Weaker(CompareSets(x, y), SameVariable(a, b)) : work.IsSpent ? Equivalence.Unknown : Equivalence.Different;
    }

    /// <summary>Inequalities over different variables are different, but a membership may leave the variable open.</summary>
    private Equivalence SameVariable(RelationNode a, RelationNode b)
    {
        return Variable(a) is { } x && Variable(b) is { } y ? Compare(x, y) : Equivalence.Equal;

        static Node? Variable(RelationNode relation) => Array.Find(relation.Operands, o => NodeFacts.IsName(o) && !NodeFacts.IsConstant(o)) is { } name ? (name is CallNode { Name: "abs", Arguments: [var inner] } ? inner : name) : null;
    }

    private bool Crosswise(Node[] a, Node[] b) => Compare(a[0], b[1]) == Equivalence.Equal && Compare(a[1], b[0]) == Equivalence.Equal;

    /// <summary>Turns chains of &gt; and ≥ round.</summary>
    private static (Node[] Operands, char[] Relations) Ascending(RelationNode relation)
    {
        if (!Array.TrueForAll(relation.Relations, r => r is '>' or '≥')) return (relation.Operands, relation.Relations);
        Node[] operands = [.. relation.Operands.AsEnumerable().Reverse()];
        char[] relations = [.. relation.Relations.AsEnumerable().Reverse().Select(r => r == '>' ? '<' : '≤')];
        return (operands, relations);
    }

    private Equivalence CompareEquations(RelationNode a, RelationNode b)
    {
        Node[] x = a.Operands, y = b.Operands;
        bool constant = NodeFacts.IsConstant(x[0]) && NodeFacts.IsConstant(x[1]) && NodeFacts.IsConstant(y[0]) && NodeFacts.IsConstant(y[1]);
        // (9 − 4)·(3 + 2) = 25 and 5² = 25: both true, but two derivations, not one.
        if (constant) return Of(string.Equals(WrittenText.Of(a), WrittenText.Of(b), StringComparison.Ordinal));
        if (RenamedArgument(x, y) is { } renamed) y = renamed;
        if (NodeFacts.IsName(x[0]) && NodeFacts.IsName(y[0]) && SameName(x[0], y[0]))
        {
            Equivalence values = Compare(x[1], y[1]);
            if (values == Equivalence.Equal) return values;
        }
        else if (CompareInOrder(x, y) == Equivalence.Equal) return Equivalence.Equal;

        if (Crosswise(x, y)) return Equivalence.Equal;
        if (_scalars.RatioOfDifferences(x, y) is not null) return Equivalence.Equal;
        return work.IsSpent ? Equivalence.Unknown : Equivalence.Different;
    }

    /// <summary>Names are the same, or one leaves out the number of the solution (x for x_1), or the function's value is called y.</summary>
    private bool SameName(Node a, Node b) =>
        Compare(a, b) == Equivalence.Equal || IsNumbered(a, b) || IsNumbered(b, a) || IsFunctionValue(a, b) || IsFunctionValue(b, a);

    private static bool IsNumbered(Node a, Node b) => a is SymbolNode { Name: [_, '_', ..] numbered } && b is SymbolNode { Name: [var letter] } && numbered[0] == letter;

    private static bool IsFunctionValue(Node a, Node b) => a is SymbolNode { Name: "y" } && b is CallNode { Name: "f" or "g" or "h", Arguments: [SymbolNode] };

    /// <summary>f(n) = n + 1 and f(x) = x + 1 define one function: the second with the first's argument.</summary>
    private static Node[]? RenamedArgument(Node[] a, Node[] b)
    {
        if (a[0] is not CallNode { Arguments: [SymbolNode x] } f || b[0] is not CallNode { Arguments: [SymbolNode y] } g || f.Name != g.Name || x.Name == y.Name) return null;
        return [Substitution.Apply(b[0], y.Name, x), Substitution.Apply(b[1], y.Name, x)];
    }
}
