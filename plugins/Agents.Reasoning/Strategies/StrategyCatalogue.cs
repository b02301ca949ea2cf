using Agents.Reasoning.Strategies;

namespace Agents.Reasoning;

/// <summary>What a caller may set of any strategy by name; a null keeps the strategy's default.</summary>
public sealed record StrategySettings
{
    /// <summary>The strategy's own defaults.</summary>
    public static StrategySettings Default { get; } = new();

    /// <summary>Samples (N), or the most samples of an adaptive strategy.</summary>
    public int? Samples { get; init; }

    /// <summary>How each solution is asked for, for strategies that sample several.</summary>
    public SolutionPrompt? Prompt { get; init; }

    /// <summary>Judges candidates, for strategies that use verdicts; null for none, and such a strategy then votes.</summary>
    public IVerifier? Verifier { get; init; }

    /// <summary>The exemplar set of few-shot prompts.</summary>
    public string Exemplars { get; init; } = "arithmetic";

    /// <summary>The prompts; null for the shipped ones.</summary>
    public PromptCatalogue? Prompts { get; init; }
}

/// <summary>The shipped strategies by name. Thread-safe.</summary>
public static class StrategyCatalogue
{
    private static readonly (StrategyDescription About, Func<StrategySettings, IReasoningStrategy> Create)[] entries =
    [
        (DirectStrategy.About, s => new DirectStrategy(s.Prompts)),
        (ZeroShotCotStrategy.About, s => new ZeroShotCotStrategy(s.Prompts)),
        (TwoStageZeroShotCotStrategy.About, s => new TwoStageZeroShotCotStrategy(s.Prompts)),
        (FewShotCotStrategy.About, s => new FewShotCotStrategy(s.Exemplars, s.Prompts)),
        (SupervisedCotStrategy.About, s => new SupervisedCotStrategy(prompts: s.Prompts)),
        (SupervisedCotStrategy.AboutChinese, s => new SupervisedCotStrategy(chinese: true, s.Prompts)),
        (SelfConsistencyStrategy.About, s =>
        {
            var standard = new SelfConsistencyOptions();
            return new SelfConsistencyStrategy(standard with { Samples = s.Samples ?? standard.Samples, Prompt = PromptOf(s) });
        }),
        (AdaptiveConsistencyStrategy.About, s =>
        {
            var standard = new AdaptiveConsistencyOptions();
            return new AdaptiveConsistencyStrategy(standard with { MaxSamples = s.Samples ?? standard.MaxSamples, Prompt = PromptOf(s) });
        }),
        (EarlyStoppingConsistencyStrategy.About, s =>
        {
            var standard = new EarlyStoppingConsistencyOptions();
            return new EarlyStoppingConsistencyStrategy(standard with { MaxSamples = s.Samples ?? standard.MaxSamples, Prompt = PromptOf(s) });
        }),
        (UniversalSelfConsistencyStrategy.About, s =>
        {
            var standard = new UniversalSelfConsistencyOptions();
            return new UniversalSelfConsistencyStrategy(standard with { Samples = s.Samples ?? standard.Samples, Prompt = PromptOf(s) }, s.Prompts);
        }),
        (RepeatedSamplingStrategy.About, s =>
        {
            var standard = new RepeatedSamplingOptions();
            return new RepeatedSamplingStrategy(standard with { Samples = s.Samples ?? standard.Samples, Prompt = PromptOf(s) });
        }),
        (BestOfNStrategy.About, s =>
        {
            var standard = new BestOfNOptions();
            return new BestOfNStrategy(standard with { Samples = s.Samples ?? standard.Samples, Verifier = s.Verifier, Prompt = PromptOf(s) });
        }),
        (VerifiedConsistencyStrategy.About, s =>
        {
            var standard = new VerifiedConsistencyOptions();
            return new VerifiedConsistencyStrategy(standard with { MaxSamples = s.Samples ?? standard.MaxSamples, Verifier = s.Verifier, Prompt = PromptOf(s) });
        }),
        (GenerateVerifyStrategy.About, s =>
        {
            var standard = new GenerateVerifyOptions();
            return new GenerateVerifyStrategy(standard with { MaxSamples = s.Samples ?? standard.MaxSamples, Verifier = s.Verifier, Prompt = PromptOf(s) });
        }),
        (RefineStrategy.About, s =>
        {
            var standard = new RefineOptions();
            return new RefineStrategy(standard with { MaxCandidates = s.Samples ?? standard.MaxCandidates, Verifier = s.Verifier, Prompt = PromptOf(s) }, s.Prompts);
        }),
        (KnockoutStrategy.About, s =>
        {
            var standard = new KnockoutOptions();
            return new KnockoutStrategy(standard with { Samples = s.Samples ?? standard.Samples, Prompt = PromptOf(s) }, s.Prompts);
        }),
        (SelfRefineStrategy.About, s =>
        {
            var standard = new SelfRefineOptions();
            return new SelfRefineStrategy(standard with { MaxCandidates = s.Samples ?? standard.MaxCandidates, Prompt = PromptOf(s) }, s.Prompts);
        }),
        (ChainOfVerificationStrategy.About, s => new ChainOfVerificationStrategy(new() { Prompt = PromptOf(s) }, s.Prompts)),
    ];

    /// <summary>Every strategy's description.</summary>
    public static IReadOnlyList<StrategyDescription> Descriptions { get; } = [.. entries.Select(e => e.About)];

    /// <summary>The strategy of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of the strategy's range.</exception>
    public static IReasoningStrategy Create(string name, StrategySettings? settings = null)
    {
        foreach ((StrategyDescription about, Func<StrategySettings, IReasoningStrategy> create) in entries)
        {
            if (string.Equals(about.Name, name, StringComparison.OrdinalIgnoreCase))
                return create(settings ?? StrategySettings.Default);
        }

        string[] near = NearMatches.Of(name, Descriptions.Select(d => d.Name));
        string hint = near.Length > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"There are: {string.Join(", ", Descriptions.Select(d => d.Name))}.";
        throw new ArgumentException($"There is no strategy '{name}'. {hint}", nameof(name));
    }

    private static SolutionPrompt PromptOf(StrategySettings settings) => settings.Prompt ?? SolutionPrompt.ZeroShot(settings.Prompts);
}
