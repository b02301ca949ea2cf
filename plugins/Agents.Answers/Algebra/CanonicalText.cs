using System.Text;
using Agents.Answers.Expressions;

namespace Agents.Answers.Algebra;

/// <summary>One text per tree: scalars by their normal form, the rest by structure. Equal texts mean equal values; the reverse need not hold.</summary>
internal static class CanonicalText
{
    private const int MaxLength = 4000;

    public static string Of(Node node, Work work)
    {
        var text = new StringBuilder();
        Write(text, node, work);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Node node, Work work)
    {
        if (text.Length > MaxLength || !work.Spend())
        {
            // Out of bounds: a mark of its own, so that a cut text never equals another.
            text.Append('�').Append(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(node));
            return;
        }

        switch (node)
        {
            case NumberNode number:
                work.Spend((int)(number.Value.Numerator.GetBitLength() >> 5));
                text.Append(number.Value);
                break;
            case SymbolNode symbol: text.Append(symbol.Name); break;
            case WordsNode words: text.Append('"').Append(words.Folded).Append('"'); break;
            case QuantityNode quantity:
                Write(text, quantity.Amount, work);
                text.Append('[').Append(quantity.Unit.Name).Append(']');
                break;
            case PlusMinusNode plusMinus:
                text.Append(plusMinus.Flipped ? '∓' : '±');
                Write(text, plusMinus.Operand, work);
                break;
            case RelationNode relation:
                for (int i = 0; i < relation.Operands.Length; i++)
                {
                    if (i > 0) text.Append(relation.Relations[i - 1]);
                    Write(text, relation.Operands[i], work);
                }

                break;
            case CollectionNode collection: WriteAll(text, $"{collection.Open}", collection.Items, $"{collection.Close}", work); break;
            case MatrixNode matrix:
                foreach (Node[] row in matrix.Rows) WriteAll(text, "⟦", row, "⟧", work);
                break;
            case SetOperationNode operation: WriteAll(text, $"{operation.Operation}(", operation.Operands, ")", work); break;
            default: WriteScalar(text, node, work); break;
        }
    }

    private static void WriteScalar(StringBuilder text, Node node, Work work)
    {
        if (node is CallNode || KeepsForm(node, work) || NormalForm.Of(node, work) is not { } normal)
        {
            // Structure alone: sums and products in the order written.
            WriteAll(text, node switch { SumNode => "+(", ProductNode => "*(", PowerNode => "^(", CallNode call => call.Name + "(", _ => "?(" }, NodeFacts.Children(node), ")", work);
        }
        else text.Append(normal);
    }

    /// <summary>Whether a unit or ± occurs, which normal forms would lose. Counted, since it is asked at every level.</summary>
    private static bool KeepsForm(Node node, Work work)
    {
        if (!work.Spend() || node is QuantityNode or PlusMinusNode) return true;
        foreach (Node child in NodeFacts.Children(node))
        {
            if (KeepsForm(child, work)) return true;
        }

        return false;
    }

    private static void WriteAll(StringBuilder text, string open, IReadOnlyList<Node> nodes, string close, Work work)
    {
        text.Append(open);
        for (int i = 0; i < nodes.Count; i++)
        {
            if (i > 0) text.Append(',');
            Write(text, nodes[i], work);
        }

        text.Append(close);
    }
}
