namespace Agents.Reasoning.Strategies;

/// <summary>The searches that the controller can turn to.</summary>
internal static class AutoSearch
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [DvtsStrategy.About.Name, BeamSearchStrategy.About.Name, BestFirstStrategy.About.Name, MctsStrategy.About.Name];

    /// <summary>The prompts they ask steps with.</summary>
    public static string PromptsFingerprint(PromptCatalogue? prompts) => StepPrompts.Fingerprint(prompts ?? PromptCatalogue.Shipped, StepPrompts.NextStep);

    /// <summary>The search of this name.</summary>
    public static StepSearchStrategy Create(string name, StepSearchOptions options, PromptCatalogue? prompts) => name switch
    {
        "beam-search" => new BeamSearchStrategy(options, prompts),
        "best-first" => new BestFirstStrategy(options, prompts),
        "mcts" => new MctsStrategy(options, prompts),
        _ => new DvtsStrategy(options, prompts),
    };
}
