namespace Agents.Reasoning.Strategies;

/// <summary>
/// Supervised chain of thought: the model is told which steps to write instead of having to search for them: task analysis, a
/// plan, sub-plans, the work, repeated checks, and going back when a check fails; all inside <c>&lt;think&gt;</c>, the answer inside
/// <c>&lt;answer&gt;</c>. Calls: 1. Critical path: 1. Zhang and Ding 2024, arXiv:2410.14198. A wrong template can be worse than none.
/// </summary>
/// <param name="chinese">Ask in Chinese instead of English.</param>
/// <param name="prompts">The prompts; null for the shipped ones.</param>
public sealed class SupervisedCotStrategy(bool chinese = false, PromptCatalogue? prompts = null)
    : SingleSampleStrategy(chinese ? AboutChinese : About, SolutionPrompt.Supervised(prompts, chinese))
{
    /// <summary>What the strategy is, asked in English.</summary>
    public static StrategyDescription About { get; } = new("supervised-cot", "The model is told which steps to write: analysis, plan, sub-plans, work, repeated checks, going back.", "1", "1", "Zhang and Ding 2024, arXiv:2410.14198");

    /// <summary>What the strategy is, asked in Chinese.</summary>
    public static StrategyDescription AboutChinese { get; } = About with { Name = "supervised-cot-zh", Idea = "Supervised chain of thought, asked in Chinese." };
}
