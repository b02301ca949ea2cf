namespace Agents.Search.Mcts;

/// <summary>The tree policy at one node.</summary>
internal sealed class MctsSelection(MctsOptions options)
{
    /// <summary>The best child that is not exhausted, or the action to try.</summary>
    public (MctsNode? Child, MctsChoice? Choice) Best(MctsNode node)
    {
        node.Choices ??= ChoicesAt(node);
        while (node.FirstOpen < node.Choices.Length && !node.Choices[node.FirstOpen].IsOpen) node.FirstOpen++;
        bool uct = options.Policy == TreePolicy.Uct;
        if (uct && node.FirstOpen < node.Choices.Length) return (null, node.Choices[node.FirstOpen]);

        int visits = node.Visits + node.VirtualVisits;
        double logarithm = Math.Log(Math.Max(1, visits)), root = Math.Sqrt(Math.Max(1, visits));
        MctsNode? bestChild = null;
        double best = double.NegativeInfinity;
        foreach (MctsNode child in node.Children)
        {
            if (child.IsExhausted) continue;
            int n = child.Visits + child.VirtualVisits;
            double value = child.ValueWith(options.VirtualLoss) ?? node.Value ?? options.FirstPlayUrgency;
            double bound = value + (options.Exploration * (uct ? Math.Sqrt(logarithm / Math.Max(1, n)) : child.Prior * root / (1 + n)));
            if (bound <= best && bestChild is not null) continue;
            best = bound;
            bestChild = child;
        }

        MctsChoice? bestChoice = null;
        for (int i = node.FirstOpen; i < node.Choices.Length; i++)
        {
            double bound = options.FirstPlayUrgency + (options.Exploration * node.Choices[i].Prior * root);
            if (!node.Choices[i].IsOpen || (bound <= best && (bestChild ?? (object?)bestChoice) is not null)) continue;
            best = bound;
            bestChoice = node.Choices[i];
        }

        return bestChoice is null ? (bestChild, null) : (null, bestChoice);
    }

    private MctsChoice[] ChoicesAt(MctsNode node)
    {
        SearchAction[] actions = [.. options.Actions.Where(action => action.After?.Contains(node.Action) ?? true)];
        double total = actions.Sum(action => action.Prior);
        return [.. actions.Select(action => new MctsChoice(action, action.Prior / total / action.MaxChildren))];
    }
}
