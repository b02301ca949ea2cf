using Agents.Search.Mcts;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Monte Carlo tree search over steps: N trials go down by UCT, add a step, complete the solution from there, and back the score
/// of that solution up; M steps may follow one. Four trials run at once. Calls: at most N·(2 + V). Critical path: N/4·(2 + V's). Kocsis and Szepesvári 2006; over steps of
/// reasoning Hao et al. 2023 (RAP), arXiv:2305.14992.
/// </summary>
public sealed class MctsStrategy : StepSearchStrategy
{
    internal const int Batch = 4;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults: 32 trials, 8 steps.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public MctsStrategy(StepSearchOptions? options = null, PromptCatalogue? prompts = null)
        : base(About, options ?? new(), prompts, o => new MctsSearch(new() { Actions = ActionSets.NextStep(o.Width), Iterations = o.Samples ?? 32, Batch = Batch, MaxSteps = o.MaxSteps ?? 8, Exploration = 1, Evaluation = Evaluation.Rollout, Aggregation = Aggregation(o) }))
    {
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("mcts", "Monte Carlo tree search over steps: every trial completes a solution, whose score goes back up.", "≤ N·(2 + V)", "≤ N/4·(2 + V)", "Kocsis and Szepesvári 2006; Hao et al. 2023, arXiv:2305.14992");
}
