namespace Agents.Answers.Expressions;

/// <summary>Writes out sums and products over a short range of integers: \sum_{k=1}^{3} k is 1 + 2 + 3.</summary>
internal static class FiniteSum
{
    private const int MaxTerms = 60;
    private const int MaxSize = 600;

    /// <summary>The terms joined, or null when the limits are no short range.</summary>
    public static Node? Expand(string name, Node lower, Node upper, Node body)
    {
        if (name is not ("sum" or "prod") || lower is not RelationNode { Relations: ['='], Operands: [SymbolNode index, NumberNode { Value: { IsInteger: true } from }] }) return null;
        if (upper is not NumberNode { Value: { IsInteger: true } to } || to < from || to - from >= MaxTerms) return null;
        int count = (int)(to - from).Numerator + 1;
        if (NodeFacts.SizeExceeds([body], MaxSize / count)) return null;
        Node[] terms = [.. Enumerable.Range(0, count).Select(k => Substitution.Apply(body, index.Name, new NumberNode(from + k)))];
        return name == "sum" ? new SumNode(terms) : new ProductNode(terms);
    }
}
