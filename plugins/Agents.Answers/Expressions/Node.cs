using Agents.Answers.Numbers;

namespace Agents.Answers.Expressions;

/// <summary>A node of the tree an answer is read into. Immutable. The family in this file is closed.</summary>
internal abstract class Node
{
    public static readonly NumberNode MinusOne = new(Rational.MinusOne);

    public static Node Negate(Node node) => node switch
    {
        NumberNode number => new NumberNode(-number.Value, number.Decimals, number.Significant),
        QuantityNode quantity => new QuantityNode(Negate(quantity.Amount), quantity.Unit),
        MatrixNode matrix => matrix.Map(Negate),
        _ => new ProductNode([MinusOne, node]),
    };
}

/// <summary>A rational number with how it was written: digits after the point (−1: no point, so exact) and significant digits.</summary>
internal sealed class NumberNode(Rational value, int decimals = -1, int significant = 0) : Node
{
    public Rational Value { get; } = value;
    public int Decimals { get; } = decimals;
    public int Significant { get; } = significant;
    public bool IsExact => Decimals < 0;
}

/// <summary>A variable or a named constant: π, e, i, ∞, ∅, ℝ.</summary>
internal sealed class SymbolNode(string name) : Node
{
    public string Name { get; } = name;
}

internal sealed class SumNode(Node[] terms) : Node
{
    public Node[] Terms { get; } = terms;
}

internal sealed class ProductNode(Node[] factors) : Node
{
    public Node[] Factors { get; } = factors;
}

/// <summary>A power; a quotient is a product with a factor to the power −1.</summary>
internal sealed class PowerNode(Node @base, Node exponent) : Node
{
    public Node Base { get; } = @base;
    public Node Exponent { get; } = exponent;
}

/// <summary>A function applied to arguments: sin, log, abs, floor, "!", binom, f, and opaque operators such as sums and integrals.</summary>
internal sealed class CallNode(string name, params Node[] arguments) : Node
{
    public string Name { get; } = name;
    public Node[] Arguments { get; } = arguments;
}

/// <summary>±x, or ∓x when flipped. Signs in one answer are chosen together.</summary>
internal sealed class PlusMinusNode(Node operand, bool flipped) : Node
{
    public Node Operand { get; } = operand;
    public bool Flipped { get; } = flipped;
}

/// <summary>A chain of relations: Operands[0] Relations[0] Operands[1] …; relations are the characters = ≠ &lt; &gt; ≤ ≥ ≈ ∈ ∉ ⇒.</summary>
internal sealed class RelationNode(Node[] operands, char[] relations) : Node
{
    public Node[] Operands { get; } = operands;
    public char[] Relations { get; } = relations;
    public bool IsSingle(char relation) => Relations.Length == 1 && Relations[0] == relation;
}

/// <summary>
/// A collection with its brackets as written: a list without brackets has Open '\0', a set '{' with Escaped,
/// TeX braces '{' without, a tuple or open interval '(', a list or closed interval '['. French brackets are turned round when read.
/// </summary>
internal sealed class CollectionNode(char open, char close, Node[] items, bool escaped = false) : Node
{
    public char Open { get; } = open;
    public char Close { get; } = close;
    public Node[] Items { get; } = items;
    public bool Escaped { get; } = escaped;
    public bool IsBare => Open == '\0' || (Open == '{' && !Escaped);
    public bool IsSet => Open == '{' && Escaped;
    public bool MayBeInterval => Items.Length == 2 && Open is '(' or '[';
}

/// <summary>A matrix, row by row; a system of equations is a matrix of one column.</summary>
internal sealed class MatrixNode(Node[][] rows) : Node
{
    public Node[][] Rows { get; } = rows;
    public MatrixNode Map(Func<Node, Node> map) => new([.. Rows.Select(row => row.Select(map).ToArray())]);
}

/// <summary>∪, ∩ or ∖ over two or more operands.</summary>
internal sealed class SetOperationNode(char operation, Node[] operands) : Node
{
    public char Operation { get; } = operation;
    public Node[] Operands { get; } = operands;
}

/// <summary>An amount with a unit.</summary>
internal sealed class QuantityNode(Node amount, Unit unit) : Node
{
    public Node Amount { get; } = amount;
    public Unit Unit { get; } = unit;
}

/// <summary>Words inside an expression, folded for comparison.</summary>
internal sealed class WordsNode(string folded) : Node
{
    public string Folded { get; } = folded;
}
