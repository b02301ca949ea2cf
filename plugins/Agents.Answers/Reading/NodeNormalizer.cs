using Agents.Answers.Expressions;

namespace Agents.Answers.Reading;

/// <summary>Brings a parsed answer into the shape comparison expects: derivations reduced to their conclusion, approximations set apart.</summary>
internal static class NodeNormalizer
{
    /// <summary>The tree to compare first, and the one to compare when that differs (the approximation in "√3/3 ≈ 0.577").</summary>
    public static (Node Primary, Node? Other) Normalize(Node node)
    {
        if (node is not RelationNode relation) return (node, null);
        // "a ⇒ b": the conclusion.
        int arrow = Array.FindLastIndex(relation.Relations, r => r is '⇒' or '⇔');
        if (arrow >= 0) relation = new RelationNode(relation.Operands[(arrow + 1)..], relation.Relations[(arrow + 1)..]);
        if (relation.Relations.Length == 0) return (relation.Operands[0], null);

        Node? other = null;
        int about = Array.IndexOf(relation.Relations, '≈');
        if (about >= 0)
        {
            other = relation.Operands[^1];
            if (about == 0 && NodeFacts.IsName(relation.Operands[0])) return (new RelationNode([relation.Operands[0], other], ['=']), null);
            relation = new RelationNode(relation.Operands[..(about + 1)], relation.Relations[..about]);
            if (relation.Relations.Length == 0) return (relation.Operands[0], other);
        }

        char[] relations = relation.Relations;
        // x = 1/2 = 0.5: the name and the conclusion.
        if (relations.Length > 1 && Array.TrueForAll(relations, r => r == '='))
        {
            // x + y = 30 + 22 = 52 also says 52.
            if (NodeFacts.IsConstant(relation.Operands[^1]) && NodeFacts.IsConstant(relation.Operands[^2])) other ??= relation.Operands[^1];
            return (new RelationNode([relation.Operands[0], relation.Operands[^1]], ['=']), other);
        }

        return (new RelationNode(relation.Operands, relations), other);
    }
}
