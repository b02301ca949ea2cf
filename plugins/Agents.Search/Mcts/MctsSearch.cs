using System.Globalization;
using Agents.Search.Running;

namespace Agents.Search.Mcts;

/// <summary>
/// Monte Carlo tree search over an open set of actions: go down by UCT or PUCT to an action not tried yet, take it, value the new node by its score or by
/// the end of a simulation, back the value up. A trial whose verifier abstains counts as a visit without a value; a failed action is not tried again;
/// a trial that ends at an ended node backs its known value up again, without a call. Ties go to the earlier child.
/// <para>Calls: at most one expansion, one rollout and one score a trial. Critical path: 2 (3 with rollouts) × Iterations/Batch. Kocsis and Szepesvári 2006; virtual loss: Chaslot et
/// al. 2008; actions: Qi et al. 2024 (arXiv:2408.06195). A trial costs O(depth × children).</para>
/// </summary>
public sealed class MctsSearch : TreeSearch
{
    private readonly MctsOptions _options;

    /// <summary>An MCTS.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public MctsSearch(MctsOptions? options = null)
        : this(Validated(options ?? new()), 0)
    {
    }

    private MctsSearch(MctsOptions o, int _)
        : base("mcts", $"actions=[{Written(o.Actions)}],iterations={o.Iterations},batch={o.Batch},steps={o.MaxSteps},policy={o.Policy},exploration={o.Exploration},urgency={o.FirstPlayUrgency},backup={o.Backup},evaluation={o.Evaluation},loss={o.VirtualLoss},aggregation={o.Aggregation}") => _options = o;

    internal override Exploration Explore(ulong seed) => new MctsExploration(_options);

    private static string Written(IReadOnlyList<SearchAction> actions) => string.Join(';', actions.Select(action =>
        string.Create(CultureInfo.InvariantCulture, $"{action.Name}*{action.MaxChildren}{(action.After is { } after ? " after " + string.Join('|', after) : "")}{(action.ToEnd ? " to end" : "")} prior {action.Prior}")));

    private static MctsOptions Validated(MctsOptions o)
    {
        OptionCheck.AtLeast(nameof(MctsOptions), nameof(o.Iterations), o.Iterations, 1);
        OptionCheck.AtLeast(nameof(MctsOptions), nameof(o.Batch), o.Batch, 1);
        OptionCheck.AtLeast(nameof(MctsOptions), nameof(o.MaxSteps), o.MaxSteps, 1);
        OptionCheck.AtLeast(nameof(MctsOptions), nameof(o.Exploration), o.Exploration, 0);
        OptionCheck.AtLeast(nameof(MctsOptions), nameof(o.FirstPlayUrgency), o.FirstPlayUrgency, double.MinValue);
        OptionCheck.AtLeast(nameof(MctsOptions), nameof(o.VirtualLoss), o.VirtualLoss, double.MinValue);
        OptionCheck.Defined(nameof(MctsOptions), nameof(o.Policy), o.Policy);
        OptionCheck.Defined(nameof(MctsOptions), nameof(o.Backup), o.Backup);
        OptionCheck.Defined(nameof(MctsOptions), nameof(o.Evaluation), o.Evaluation);
        OptionCheck.Defined(nameof(MctsOptions), nameof(o.Aggregation), o.Aggregation);
        foreach (SearchAction action in o.Actions)
        {
            OptionCheck.ActionName(nameof(MctsOptions), nameof(o.Actions), action.Name);
            OptionCheck.AtLeast($"SearchAction '{action.Name}'", nameof(action.MaxChildren), action.MaxChildren, 1);
            OptionCheck.AtLeast($"SearchAction '{action.Name}'", nameof(action.Prior), action.Prior, double.Epsilon);
            string? unknown = action.After?.FirstOrDefault(before => before.Length > 0 && o.Actions.All(other => other.Name != before));
            OptionCheck.Require(unknown is null, nameof(o.Actions), $"SearchAction '{action.Name}' may follow '{unknown}', which is not among MctsOptions.Actions.");
        }

        OptionCheck.Require(o.Actions.DistinctBy(action => action.Name).Count() == o.Actions.Count, nameof(o.Actions), "MctsOptions.Actions names an action twice.");
        return o with { Actions = [.. o.Actions] };
    }
}
