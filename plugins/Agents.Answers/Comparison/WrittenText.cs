using System.Text;
using Agents.Answers.Expressions;

namespace Agents.Answers.Comparison;

/// <summary>A tree as it was written, without simplification: two derivations of one value stay apart.</summary>
internal static class WrittenText
{
    private const int MaxLength = 8000;

    public static string Of(Node node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Node node)
    {
        if (text.Length > MaxLength) return;
        text.Append(node switch
        {
            NumberNode number => number.Value.ToString(),
            SymbolNode symbol => symbol.Name,
            WordsNode words => words.Folded,
            SumNode => "+",
            ProductNode => "*",
            PowerNode => "^",
            CallNode call => call.Name,
            PlusMinusNode plusMinus => plusMinus.Flipped ? "∓" : "±",
            RelationNode relation => new string(relation.Relations),
            CollectionNode collection => $"{collection.Open}{collection.Close}",
            QuantityNode quantity => quantity.Unit.Name,
            SetOperationNode operation => operation.Operation.ToString(),
            _ => "?",
        }).Append('<');
        foreach (Node child in NodeFacts.Children(node))
        {
            Write(text, child);
            text.Append(',');
        }

        text.Append('>');
    }
}
