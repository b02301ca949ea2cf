namespace Agents.Reasoning.Strategies;

/// <summary>The searches that the controller can turn to.</summary>
internal static class AutoSearch
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [MctsStrategy.About.Name, DvtsStrategy.About.Name, BeamSearchStrategy.About.Name, BestFirstStrategy.About.Name];

    /// <summary>The prompts they ask steps with.</summary>
    public static string PromptsFingerprint(PromptCatalogue? prompts) => StepPrompts.Fingerprint(prompts ?? PromptCatalogue.Shipped, StepPrompts.NextStep);

    /// <summary>The search of this name.</summary>
    public static StepSearchStrategy Create(string name, StepSearchOptions options, PromptCatalogue? prompts) => name switch
    {
        "beam-search" => new BeamSearchStrategy(options, prompts),
        "best-first" => new BestFirstStrategy(options, prompts),
        "dvts" => new DvtsStrategy(options, prompts),
        _ => new MctsStrategy(options, prompts),
    };
}
