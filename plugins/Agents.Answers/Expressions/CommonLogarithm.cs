namespace Agents.Answers.Expressions;

/// <summary>"log" without a base is natural in analysis and of base ten in schools.</summary>
internal static class CommonLogarithm
{
    private static readonly NumberNode Ten = new(10);

    /// <summary>Whether a logarithm without a base occurs.</summary>
    public static bool Occurs(Node node) => node is CallNode { Name: "log", Arguments.Length: 1 } || NodeFacts.Children(node).Any(Occurs);

    /// <summary>The tree with every logarithm without a base to base ten.</summary>
    public static Node Apply(Node node) => node switch
    {
        CallNode { Name: "log", Arguments: [var argument] } => new CallNode("log", Apply(argument), Ten),
        CallNode call => new CallNode(call.Name, Array.ConvertAll(call.Arguments, Apply)),
        SumNode sum => new SumNode(Array.ConvertAll(sum.Terms, Apply)),
        ProductNode product => new ProductNode(Array.ConvertAll(product.Factors, Apply)),
        PowerNode power => new PowerNode(Apply(power.Base), Apply(power.Exponent)),
        _ => node,
    };
}
