using Agents.Answers.Expressions;

namespace Agents.Answers.Comparison;

/// <summary>Replaces one variable by another in a scalar tree.</summary>
internal static class Renaming
{
    public static Node Apply(Node node, string from, string to) => node switch
    {
        SymbolNode symbol when symbol.Name == from => new SymbolNode(to),
        SumNode sum => new SumNode(Apply(sum.Terms, from, to)),
        ProductNode product => new ProductNode(Apply(product.Factors, from, to)),
        PowerNode power => new PowerNode(Apply(power.Base, from, to), ReferenceEquals(power.Exponent, Node.MinusOne) ? power.Exponent : Apply(power.Exponent, from, to)),
        CallNode call => new CallNode(call.Name, Apply(call.Arguments, from, to)),
        PlusMinusNode plusMinus => new PlusMinusNode(Apply(plusMinus.Operand, from, to), plusMinus.Flipped),
        _ => node,
    };

    private static Node[] Apply(Node[] nodes, string from, string to) => Array.ConvertAll(nodes, node => Apply(node, from, to));
}
