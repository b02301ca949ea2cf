using System.Collections;
using System.Globalization;
using System.Reflection;
using Agents.Reasoning.Strategies;

namespace Agents.Reasoning;

/// <summary>What the settings of a strategy are where nothing sets them: read from its options, so that there is one place to change them.</summary>
public static class StrategyDefaults
{
    /// <summary>Where an option goes by another name than its setting, or a search has its own.</summary>
    private static readonly Dictionary<string, string[]> properties = new(StringComparer.Ordinal)
    {
        ["samples"] = ["Samples", "MaxSamples", "MaxCandidates", "Debaters", "Proposers"],
        ["wave"] = ["Wave"],
        ["layers"] = ["Layers"],
    };

    private static readonly Dictionary<string, object> options = new(StringComparer.Ordinal)
    {
        ["self-consistency"] = new SelfConsistencyOptions(),
        ["adaptive-consistency"] = new AdaptiveConsistencyOptions(),
        ["early-stopping-consistency"] = new EarlyStoppingConsistencyOptions(),
        ["universal-self-consistency"] = new UniversalSelfConsistencyOptions(),
        ["repeated-sampling"] = new RepeatedSamplingOptions(),
        ["best-of-n"] = new BestOfNOptions(),
        ["verified-consistency"] = new VerifiedConsistencyOptions(),
        ["generate-verify"] = new GenerateVerifyOptions(),
        ["refine"] = new RefineOptions(),
        ["knockout"] = new KnockoutOptions(),
        ["select"] = new SelectOptions(),
        ["self-refine"] = new SelfRefineOptions(),
        ["chain-of-verification"] = new ChainOfVerificationOptions(),
        ["debate"] = new DebateOptions(),
        ["mixture"] = new MixtureOptions(),
        ["cascade"] = new CascadeOptions(),
        ["beam-search"] = new StepSearchOptions { Samples = 16, MaxSteps = 40 },
        ["dvts"] = new StepSearchOptions { Samples = 16, MaxSteps = 40 },
        ["best-first"] = new StepSearchOptions { Samples = 64, MaxSteps = 40 },
        ["mcts"] = new StepSearchOptions { Samples = 32, MaxSteps = 8 },
        ["rstar"] = new StepSearchOptions { Samples = 32, MaxSteps = 5 },
        ["particles"] = new StepSearchOptions { Samples = 16, MaxSteps = 40 },
        ["ab-mcts"] = new StepSearchOptions { Samples = 16 },
        ["auto"] = new AutoOptions(),
    };

    /// <summary>The default of a setting as <see cref="SettingText"/> reads it; null where there is none, or none that is known here.</summary>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="setting">One of its settings.</param>
    public static string? Of(string strategy, StrategySetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (setting.Name == "prompt")
            return "zero-shot";
        if (setting.Name == "exemplars")
            return "arithmetic";
        if (setting.Name == "scattered")
            return "vote";
        if (!options.TryGetValue(strategy, out object? known))
            return null;
        string[] names = properties.GetValueOrDefault(setting.Name) ?? [char.ToUpperInvariant(setting.Name[0]) + setting.Name[1..]];
        return names.Select(n => known.GetType().GetProperty(n, BindingFlags.Public | BindingFlags.Instance)).FirstOrDefault(p => p is not null)?.GetValue(known) is { } value ? Text(value) : null;
    }

    private static string? Text(object value) => value switch
    {
        BestOfNSelection selection => selection == BestOfNSelection.Highest ? "highest" : "weighted-vote",
        CascadeStage stage => $"{stage.Role}:{stage.Samples.ToString(CultureInfo.InvariantCulture)}",
        string text => text,
        Enum choice => choice.ToString().ToLowerInvariant(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(',', list.Cast<object>().Select(Text)),
        _ => null,
    };
}
