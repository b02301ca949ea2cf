namespace Agents.Reasoning.Strategies;

/// <summary>
/// Zero-shot chain of thought in one stage: "Let's think step by step", then the answer in its tag. Calls: 1. Critical path: 1.
/// Kojima et al. 2022, arXiv:2205.11916 (the two stages folded into one; see <see cref="TwoStageZeroShotCotStrategy"/>).
/// </summary>
/// <param name="prompts">The prompts; null for the shipped ones.</param>
public sealed class ZeroShotCotStrategy(PromptCatalogue? prompts = null) : SingleSampleStrategy(About, SolutionPrompt.ZeroShot(prompts))
{
    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("zero-shot-cot", "\"Let's think step by step\", then the answer, in one call.", "1", "1", "Kojima et al. 2022, arXiv:2205.11916");
}
