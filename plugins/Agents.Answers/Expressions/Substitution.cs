namespace Agents.Answers.Expressions;

/// <summary>Replaces a variable in a scalar tree.</summary>
internal static class Substitution
{
    public static Node Apply(Node node, string from, Node to) => node switch
    {
        SymbolNode symbol when symbol.Name == from => to,
        SumNode sum => new SumNode(Apply(sum.Terms, from, to)),
        ProductNode product => new ProductNode(Apply(product.Factors, from, to)),
        PowerNode power => new PowerNode(Apply(power.Base, from, to), ReferenceEquals(power.Exponent, Node.MinusOne) ? power.Exponent : Apply(power.Exponent, from, to)),
        CallNode call => new CallNode(call.Name, Apply(call.Arguments, from, to)),
        QuantityNode quantity => new QuantityNode(Apply(quantity.Amount, from, to), quantity.Unit),
        PlusMinusNode plusMinus => new PlusMinusNode(Apply(plusMinus.Operand, from, to), plusMinus.Flipped),
        _ => node,
    };

    private static Node[] Apply(Node[] nodes, string from, Node to) => Array.ConvertAll(nodes, node => Apply(node, from, to));
}
