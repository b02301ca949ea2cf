using Agents.Answers.Numbers;

namespace Agents.Answers.Expressions;

/// <summary>Lists with dots: 1, 2, …, 5 is 1, 2, 3, 4, 5 when the integers before the dots are evenly spaced and the one after them continues them.</summary>
internal static class Ellipsis
{
    private const int MaxItems = 200;

    public static List<Node> Expand(List<Node> items)
    {
        int dots = items.FindIndex(i => i is SymbolNode { Name: "…" });
        if (dots < 1 || dots != items.Count - 2) return items;
        if (items.FindAll(i => i is NumberNode { Value.IsInteger: true }).Count != items.Count - 1) return items;
        Rational first = Value(items[0]), last = Value(items[^1]);
        Rational step = dots == 1 ? Rational.One : Value(items[1]) - first;
        for (int i = 1; i < dots; i++)
        {
            if (Value(items[i]) - Value(items[i - 1]) != step) return items;
        }

        if (step.Sign == 0) return items;
        Rational count = (last - first) / step;
        if (!count.IsInteger || count < 1 || MaxItems < count) return items;
        List<Node> all = [];
        Rational value = first;
        for (int i = 0; i <= (int)count.Numerator; i++, value += step) all.Add(new NumberNode(value));
        return all;
    }

    private static Rational Value(Node node) => ((NumberNode)node).Value;
}
