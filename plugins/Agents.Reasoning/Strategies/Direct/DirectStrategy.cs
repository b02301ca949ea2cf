namespace Agents.Reasoning.Strategies;

/// <summary>The answer without reasoning: the baseline. Calls: 1. Critical path: 1.</summary>
/// <param name="prompts">The prompts; null for the shipped ones.</param>
public sealed class DirectStrategy(PromptCatalogue? prompts = null) : SingleSampleStrategy(About, SolutionPrompt.Direct(prompts))
{
    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("direct", "Ask for the answer alone: the baseline that every other strategy must beat.", "1", "1", "baseline");
}
