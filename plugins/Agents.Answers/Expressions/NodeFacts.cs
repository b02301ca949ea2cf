using Agents.Answers.Numbers;

namespace Agents.Answers.Expressions;

/// <summary>Questions about a tree that do not need its value.</summary>
internal static class NodeFacts
{
    public static bool IsNamedConstant(string name) => name is "π" or "e" or "i" or "∞";

    /// <summary>Whether the trees together have more nodes than the limit; stops counting there.</summary>
    public static bool SizeExceeds(IReadOnlyList<Node> nodes, int limit)
    {
        int left = limit;
        foreach (Node node in nodes) Count(node, ref left);
        return left < 0;
    }

    private static void Count(Node node, ref int left)
    {
        if (--left < 0) return;
        foreach (Node child in Children(node))
        {
            if (left < 0) return;
            Count(child, ref left);
        }
    }

    public static IReadOnlyList<Node> Children(Node node) => node switch
    {
        SumNode sum => sum.Terms,
        ProductNode product => product.Factors,
        PowerNode power => [power.Base, power.Exponent],
        CallNode call => call.Arguments,
        PlusMinusNode plusMinus => [plusMinus.Operand],
        RelationNode relation => relation.Operands,
        CollectionNode collection => collection.Items,
        MatrixNode matrix => [.. matrix.Rows.SelectMany(row => row)],
        SetOperationNode operation => operation.Operands,
        QuantityNode quantity => [quantity.Amount],
        _ => [],
    };

    /// <summary>Whether no variable, relation or collection occurs in the tree.</summary>
    public static bool IsConstant(Node node) => node switch
    {
        NumberNode => true,
        SymbolNode symbol => IsNamedConstant(symbol.Name),
        SumNode sum => Array.TrueForAll(sum.Terms, IsConstant),
        ProductNode product => Array.TrueForAll(product.Factors, IsConstant),
        PowerNode power => IsConstant(power.Base) && IsConstant(power.Exponent),
        CallNode call => call.Name is not ("f" or "g" or "h" or "F" or "G" or "H" or "P" or "Q" or "W") && Array.TrueForAll(call.Arguments, IsConstant),
        PlusMinusNode plusMinus => IsConstant(plusMinus.Operand),
        QuantityNode quantity => IsConstant(quantity.Amount),
        _ => false,
    };

    /// <summary>Whether all are inequalities that bound one and the same variable, as in "x > 0 and x &lt; 1".</summary>
    public static bool AreBoundsOfOneVariable(List<Node> nodes)
    {
        string? name = null;
        foreach (Node node in nodes)
        {
            if (node is not RelationNode { Relations: ['<' or '>' or '≤' or '≥' or '≠'] } relation || Array.Find(relation.Operands, o => o is SymbolNode s && !IsNamedConstant(s.Name)) is not SymbolNode variable) return false;
            if ((name ??= variable.Name) != variable.Name) return false;
        }

        return true;
    }

    /// <summary>Whether ± occurs outside collections.</summary>
    public static bool HasPlusMinus(Node node) => node switch
    {
        PlusMinusNode => true,
        SumNode sum => Array.Exists(sum.Terms, HasPlusMinus),
        ProductNode product => Array.Exists(product.Factors, HasPlusMinus),
        PowerNode power => HasPlusMinus(power.Base) || HasPlusMinus(power.Exponent),
        CallNode call => Array.Exists(call.Arguments, HasPlusMinus),
        QuantityNode quantity => HasPlusMinus(quantity.Amount),
        _ => false,
    };

    /// <summary>The tree with every ± read as + (and ∓ as −), or the reverse.</summary>
    public static Node ChooseSign(Node node, bool plus) => node switch
    {
        PlusMinusNode plusMinus => plusMinus.Flipped != plus ? ChooseSign(plusMinus.Operand, plus) : Node.Negate(ChooseSign(plusMinus.Operand, plus)),
        SumNode sum => new SumNode(Choose(sum.Terms, plus)),
        ProductNode product => new ProductNode(Choose(product.Factors, plus)),
        PowerNode power => new PowerNode(ChooseSign(power.Base, plus), ChooseSign(power.Exponent, plus)),
        CallNode call => new CallNode(call.Name, Choose(call.Arguments, plus)),
        QuantityNode quantity => new QuantityNode(ChooseSign(quantity.Amount, plus), quantity.Unit),
        _ => node,
    };

    private static Node[] Choose(Node[] nodes, bool plus) => Array.ConvertAll(nodes, node => ChooseSign(node, plus));

    /// <summary>
    /// What a value may be named by: x, f(x), |AB|, (x, y), S_1 : S, AB. "x = 3" then says the same as "3";
    /// "2x + z = 1" does not say the same as "1".
    /// </summary>
    public static bool IsName(Node node) => node switch
    {
        SymbolNode symbol => !IsNamedConstant(symbol.Name) || symbol.Name is "i",
        WordsNode => true,
        CallNode { Name: "abs" or "ratio" } call => Array.TrueForAll(call.Arguments, IsName),
        CallNode { Name: "!" or "!!" or "binom" or "mod" } or CallNode { Name: "C", Arguments.Length: 2 } => false,
        ProductNode { Factors: [var over, PowerNode { Base: var under, Exponent: NumberNode { Value: var power } }] } when power == Rational.MinusOne => IsLetters(over) && IsLetters(under), // AB/CD, dy/dx
        CallNode call => Array.TrueForAll(call.Arguments, a => a is SymbolNode or NumberNode),
        ProductNode product => product.Factors.Length <= 4 && Array.TrueForAll(product.Factors, f => f is SymbolNode { Name: [>= 'A' and <= 'Z', ..] }) || Array.TrueForAll(product.Factors, f => f is SymbolNode { Name: [>= 'a' and <= 'w'] } && IsLetters(f)), // AB, abc
        SumNode sum => Array.TrueForAll(sum.Terms, t => t is SymbolNode { Name: [>= 'a' and <= 'w'] name } && !IsNamedConstant(name.ToString())), // m + n = 25
        CollectionNode { Open: '(' or '\0' } names => Array.TrueForAll(names.Items, IsName),
        _ => false,
    };

    private static bool IsLetters(Node node) => node is SymbolNode symbol ? !IsNamedConstant(symbol.Name) : node is ProductNode { Factors.Length: <= 3 } product && Array.TrueForAll(product.Factors, f => f is SymbolNode { Name: var name } && !IsNamedConstant(name));
}
