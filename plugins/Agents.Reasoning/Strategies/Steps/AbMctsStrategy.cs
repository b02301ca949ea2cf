using Agents.Search.AbMcts;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Adaptive branching: Thompson sampling chooses, trial by trial, between a new solution and a better version of one already
/// made, and by which model of the panel. N trials, four at once. Calls: N·(1 + V). Critical path: N/4·(1 + V's). Inoue et al.
/// 2025, arXiv:2503.04412.
/// </summary>
/// <remarks>Every node is a whole solution. Without a verifier there is nothing to learn from, and the choice is blind.</remarks>
public sealed class AbMctsStrategy : StepSearchStrategy
{
    private readonly PromptTemplate revision;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults: 16 trials. Width, steps and aggregation mean nothing here.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <param name="panel">The roles that may write; null for the solver alone.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a name of the panel is none or stands there twice.</exception>
    public AbMctsStrategy(StepSearchOptions? options = null, PromptCatalogue? prompts = null, IReadOnlyList<string>? panel = null)
        : base(About, options ?? new(), prompts, o => new AbMctsSearch(new() { Actions = panel ?? [Roles.Solver], Iterations = o.Samples ?? 16, Batch = MctsStrategy.Batch }))
    {
        foreach (string role in panel ?? [])
        {
            if (!Roles.IsName(role))
                throw new ArgumentException($"Panel: '{role}' cannot be a role's name.", nameof(panel));
        }

        revision = Prompts["Refine/Revise"];
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("ab-mcts", "Thompson sampling chooses between a new solution and a better version of one already made, and which model writes it.", "N·(1 + V)", "N/4·(1 + V)", "Inoue et al. 2025, arXiv:2503.04412");

    private protected override IReadOnlyDictionary<string, string> Steps { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["revise"] = "Refine/Revise" };

    private protected override IStepWriter Writer(ReasoningContext context, ReasoningRequest request, SampleOptions sampling) =>
        new RevisingWriter(request, Prompt, revision, sampling);
}
