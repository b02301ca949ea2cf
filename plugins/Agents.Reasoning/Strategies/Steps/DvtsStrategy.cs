using Agents.Search.Dvts;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Diverse verifier tree search: N/M subtrees that do not compete, each samples M next steps and goes on from its best one; the
/// solutions vote by their scores. Calls: at most N·T for steps and N·T·V to judge them. Critical path: T·(1 + V's). Beeching,
/// Tunstall and Rush 2024 (Hugging Face, "Scaling test-time compute with open models").
/// </summary>
/// <remarks>N that is no multiple of M is rounded down to one, and M is at most N. Better than beam search where a verifier's errors persist along a branch, worse where they are independent.</remarks>
public sealed class DvtsStrategy : StepSearchStrategy
{
    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults: 16 beams, 40 steps.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public DvtsStrategy(StepSearchOptions? options = null, PromptCatalogue? prompts = null)
        : base(About, options ?? new(), prompts, Search)
    {
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("dvts", "Independent subtrees, each goes on from the best of its next steps; the solutions vote by score.", "≤ N·T·(1 + V)", "≤ T·(1 + V)", "Beeching, Tunstall and Rush 2024, search-and-learn");

    private static DvtsSearch Search(StepSearchOptions o)
    {
        int beams = o.Samples ?? 16, width = Math.Min(o.Width, beams);
        return new DvtsSearch(new() { Beams = beams / width * width, Width = width, MaxSteps = o.MaxSteps ?? 40, Aggregation = Aggregation(o) });
    }
}
