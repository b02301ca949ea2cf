namespace Agents.Reasoning.SemanticKernel;

/// <summary>How the plugin's functions run. A call's arguments choose within these limits, never beyond.</summary>
public sealed record ReasoningPluginOptions
{
    /// <summary>Seed, limits and prices of every run; the run id is made anew for each. A call may lower limits and set the seed.</summary>
    public RunOptions Run { get; init; } = new();

    /// <summary>The strategy where a call names none. Default: <see cref="ReasoningExtensions.DefaultStrategy"/>.</summary>
    public string Strategy { get; init; } = ReasoningExtensions.DefaultStrategy;

    /// <summary>The most samples that a call may ask for, 1–1000. Default 64. A workflow document is held by the limits of <see cref="Run"/> instead.</summary>
    public int MaxSamples { get; init; } = 64;

    /// <summary>The prompts; null for the shipped ones.</summary>
    public PromptCatalogue? Prompts { get; init; }

    internal ReasoningPluginOptions Valid()
    {
        if (MaxSamples is < 1 or > 1000)
            throw new ArgumentOutOfRangeException(nameof(MaxSamples), MaxSamples, "MaxSamples must be 1 to 1000.");
        _ = StrategyCatalogue.SettingsOf(Strategy);
        return this;
    }
}
