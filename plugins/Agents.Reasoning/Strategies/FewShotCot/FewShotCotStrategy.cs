namespace Agents.Reasoning.Strategies;

/// <summary>
/// Few-shot chain of thought: worked examples with their reasoning come before the question. Calls: 1. Critical path: 1.
/// Wei et al. 2022, arXiv:2201.11903. Small models may not gain; exemplars should be of the task's kind.
/// </summary>
/// <param name="exemplars">The exemplar set: <c>arithmetic</c>, <c>choice</c>, <c>date</c> or one of the catalogue's folder.</param>
/// <param name="prompts">The prompts; null for the shipped ones.</param>
public sealed class FewShotCotStrategy(string exemplars = "arithmetic", PromptCatalogue? prompts = null)
    : SingleSampleStrategy(About, SolutionPrompt.FewShot(exemplars, prompts))
{
    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("few-shot-cot", "Worked examples with their reasoning come before the question.", "1", "1", "Wei et al. 2022, arXiv:2201.11903");
}
