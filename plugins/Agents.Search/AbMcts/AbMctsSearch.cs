using Agents.Search.Running;

namespace Agents.Search.AbMcts;

/// <summary>
/// Adaptive branching MCTS, variant A: at every node Thompson sampling chooses between GEN, a new answer from here, and CONT, to go on below one of the answers
/// already made; then which model generates, or which child. Every node is a whole answer, which its children refine: all of them are completed solutions.
/// An answer's score counts for GEN and its model at its parent, for its own arm, and for CONT and the child's arm at every node above. A draw is one of an
/// arm's mean. Failures and abstentions are no evidence and use up their trial.
/// <para>Calls: one expansion and one score a trial. Critical path: 2 × Iterations/Batch. Inoue et al. 2025 (arXiv:2503.04412). A trial costs O(depth × children), because every child is drawn for.</para>
/// </summary>
public sealed class AbMctsSearch : TreeSearch
{
    private readonly AbMctsOptions _options;

    /// <summary>An AB-MCTS-A.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public AbMctsSearch(AbMctsOptions? options = null)
        : this(Validated(options ?? new()), 0)
    {
    }

    private AbMctsSearch(AbMctsOptions o, int _)
        : base("ab-mcts", $"actions=[{string.Join(';', o.Actions)}],iterations={o.Iterations},batch={o.Batch},prior={o.Prior}") => _options = o;

    internal override bool TakesProbabilities => _options.Prior == ScorePrior.Beta;

    internal override Exploration Explore(ulong seed) => new AbMctsExploration(_options, seed);

    private static AbMctsOptions Validated(AbMctsOptions o)
    {
        OptionCheck.AtLeast(nameof(AbMctsOptions), nameof(o.Iterations), o.Iterations, 1);
        OptionCheck.AtLeast(nameof(AbMctsOptions), nameof(o.Batch), o.Batch, 1);
        OptionCheck.Defined(nameof(AbMctsOptions), nameof(o.Prior), o.Prior);
        OptionCheck.Require(o.Actions.Count > 0, nameof(o.Actions), "AbMctsOptions.Actions is empty: there is nothing to generate with.");
        foreach (string action in o.Actions) OptionCheck.ActionName(nameof(AbMctsOptions), nameof(o.Actions), action);
        OptionCheck.Require(o.Actions.Distinct(StringComparer.Ordinal).Count() == o.Actions.Count, nameof(o.Actions), "AbMctsOptions.Actions names an action twice.");
        return o with { Actions = [.. o.Actions] };
    }
}
