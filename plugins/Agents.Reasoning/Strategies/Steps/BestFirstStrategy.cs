using Agents.Search.BestFirst;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Best-first search over steps: expand the open path that scores best by M samples, until one that is complete is the best of
/// all. N is the most expansions. Calls: at most N·M for steps and N·M·V to judge them. Critical path: N·(1 + V's), since every
/// choice waits for the scores before it. With <see cref="StepSearchOptions.Breadth"/> b it goes level by level: at most b·T
/// expansions, critical path T·(1 + V's). Yao et al. 2023 (Tree of Thoughts), arXiv:2305.10601.
/// </summary>
public sealed class BestFirstStrategy : StepSearchStrategy
{
    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults: 64 expansions, 40 steps.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public BestFirstStrategy(StepSearchOptions? options = null, PromptCatalogue? prompts = null)
        : base(About, options ?? new(), prompts, o => new BestFirstSearch(Of(o)))
    {
    }

    private static BestFirstOptions Of(StepSearchOptions o)
    {
        int steps = o.MaxSteps ?? 40;
        BestFirstOptions search = o.Breadth is { } breadth
            ? BestFirstOptions.TreeOfThoughts(breadth, steps)
            : new() { MaxExpansions = o.Samples ?? 64, MaxSteps = steps };
        return search with { Samples = o.Width, Aggregation = Aggregation(o), Distinct = o.DropsEqualSteps };
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("best-first", "Expand the path that scores best anywhere in the tree, until a complete one is the best.", "≤ N·M·(1 + V)", "≤ N·(1 + V)", "Yao et al. 2023, arXiv:2305.10601");
}
