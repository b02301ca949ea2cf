using Agents.Reasoning.Verifiers;
using Agents.Search.Mcts;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// rStar: Monte Carlo tree search over five kinds of step (the next step, the rest, a sub-question with its answer, another
/// answer to it, the question said anew), and then mutual consistency: another model, in the role <c>discriminator</c>,
/// completes each solution from its first steps, and solutions whose answer it arrives at weigh more. Calls: at most
/// N·(2 + V) + K·S for S solutions. Critical path: N/4·(2 + V's) + 1. Qi et al. 2024, arXiv:2408.06195.
/// </summary>
public sealed class RStarStrategy : StepSearchStrategy
{
    private static readonly HashSet<string> continued = new(["next-step"], StringComparer.Ordinal);

    private readonly MutualConsistencyVerifier discriminator;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults: 32 trials, 5 steps.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public RStarStrategy(StepSearchOptions? options = null, PromptCatalogue? prompts = null)
        : base(About, options ?? new(), prompts, o => new MctsSearch(new() { Actions = ActionSets.RStar, Iterations = o.Samples ?? 32, Batch = MctsStrategy.Batch, MaxSteps = o.MaxSteps ?? 5, Evaluation = Evaluation.Rollout, Aggregation = Aggregation(o) })) =>
        discriminator = new MutualConsistencyVerifier(prompts: prompts);

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("rstar", "Tree search over five kinds of step; another model completes each solution from its first steps, and agreement counts.", "≤ N·(2 + V) + K·S", "≤ N/4·(2 + V) + 1", "Qi et al. 2024, arXiv:2408.06195");

    private protected override IReadOnlyDictionary<string, string> Steps => StepPrompts.RStar;

    private protected override IStepWriter Writer(ReasoningContext context, ReasoningRequest request, SampleOptions sampling)
    {
        var prompted = new PromptedWriter(request, Prompts, Steps, sampling);
        return context.Capabilities(Roles.Solver).ContinueAssistant
            ? new ActionWriter(new ContinuingWriter(Prompt.Render(request), sampling), prompted, continued)
            : prompted;
    }

    private protected override async Task JudgeSolutionsAsync(ReasoningContext context, ReasoningRequest request, Evidence evidence)
    {
        Candidate[] solutions = [.. evidence.Candidates.Where(c => c.Answer is not null)];
        context.Report(new StageStarted("mutual consistency", solutions.Length * discriminator.Masks));
        Verdict[] verdicts = await Task.WhenAll(solutions.Select(c => VerifiedSampling.VerdictAsync(discriminator, context.Branch(FormattableString.Invariant($"candidate{c.Index}")), request, c)));
        for (int i = 0; i < solutions.Length; i++)
            evidence.Judged(solutions[i].Index, verdicts[i]);
    }
}
