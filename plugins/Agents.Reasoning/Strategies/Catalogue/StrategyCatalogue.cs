using Agents.Reasoning.Strategies;
using static Agents.Reasoning.StrategySettingTable;

namespace Agents.Reasoning;

/// <summary>The shipped strategies by name. Thread-safe.</summary>
public static class StrategyCatalogue
{
    private static readonly Entry[] entries =
    [
        new(DirectStrategy.About, [], s => new DirectStrategy(s.Prompts)),
        new(ZeroShotCotStrategy.About, [], s => new ZeroShotCotStrategy(s.Prompts)),
        new(TwoStageZeroShotCotStrategy.About, [], s => new TwoStageZeroShotCotStrategy(s.Prompts)),
        new(FewShotCotStrategy.About, [Exemplars], s => new FewShotCotStrategy(s.Exemplars, s.Prompts)),
        new(SupervisedCotStrategy.About, [], s => new SupervisedCotStrategy(prompts: s.Prompts)),
        new(SupervisedCotStrategy.AboutChinese, [], s => new SupervisedCotStrategy(chinese: true, s.Prompts)),
        new(SelfConsistencyStrategy.About, Sampling, s =>
        {
            var o = new SelfConsistencyOptions();
            return new SelfConsistencyStrategy(o with { Samples = s.Samples ?? o.Samples, Temperature = s.Temperature ?? o.Temperature, Prompt = s.SolutionPrompt() });
        }),
        new(AdaptiveConsistencyStrategy.About, [.. Sampling, Threshold, Schedule], s =>
        {
            var o = new AdaptiveConsistencyOptions();
            return new AdaptiveConsistencyStrategy(o with { MaxSamples = s.Samples ?? o.MaxSamples, Temperature = s.Temperature ?? o.Temperature, Threshold = s.Threshold ?? o.Threshold, Schedule = s.Schedule ?? o.Schedule, Prompt = s.SolutionPrompt() });
        }),
        new(EarlyStoppingConsistencyStrategy.About, [.. Sampling, Window], s =>
        {
            var o = new EarlyStoppingConsistencyOptions();
            return new EarlyStoppingConsistencyStrategy(o with { MaxSamples = s.Samples ?? o.MaxSamples, Temperature = s.Temperature ?? o.Temperature, Window = s.Window ?? o.Window, Prompt = s.SolutionPrompt() });
        }),
        new(DeepConfStrategy.About, [.. Sampling, WarmUp, TokenWindow, Keep], s =>
        {
            var o = new DeepConfOptions();
            return new DeepConfStrategy(o with { Samples = s.Samples ?? o.Samples, Temperature = s.Temperature ?? o.Temperature, WarmUp = s.WarmUp ?? o.WarmUp, Window = s.Window ?? o.Window, Keep = s.Keep ?? o.Keep, Prompt = s.SolutionPrompt() });
        }),
        new(CotDecodingStrategy.About, [Samples, PathChoice, Opening], s =>
        {
            var o = new CotDecodingOptions();
            return new CotDecodingStrategy(o with { Samples = s.Samples ?? o.Samples, Choice = s.TakesSurestPath == true ? CotDecodingChoice.Max : o.Choice, Opening = s.Opening ?? o.Opening });
        }),
        new(BudgetForcingStrategy.About, [Temperature, Prompt, Exemplars, MaxThinkingTokens, Ignored, Word], s =>
        {
            var o = new BudgetForcingOptions();
            return new BudgetForcingStrategy(o with { Temperature = s.Temperature ?? o.Temperature, MaxThinkingTokens = s.MaxThinkingTokens ?? o.MaxThinkingTokens, Ignored = s.Ignored ?? o.Ignored, Word = s.Word ?? o.Word, Prompt = s.SolutionPrompt() });
        }),
        new(UniversalSelfConsistencyStrategy.About, [.. Sampling, Selections, MaxResponseLength], s =>
        {
            var o = new UniversalSelfConsistencyOptions();
            return new UniversalSelfConsistencyStrategy(o with { Samples = s.Samples ?? o.Samples, Temperature = s.Temperature ?? o.Temperature, Selections = s.Selections ?? o.Selections, MaxResponseLength = s.MaxResponseLength ?? o.MaxResponseLength, Prompt = s.SolutionPrompt() }, s.Prompts);
        }),
        new(RepeatedSamplingStrategy.About, Sampling, s =>
        {
            var o = new RepeatedSamplingOptions();
            return new RepeatedSamplingStrategy(o with { Samples = s.Samples ?? o.Samples, Temperature = s.Temperature ?? o.Temperature, Prompt = s.SolutionPrompt() });
        }),
        new(BestOfNStrategy.About, [.. Sampling, Verifier, Selection], s =>
        {
            var o = new BestOfNOptions();
            return new BestOfNStrategy(o with { Samples = s.Samples ?? o.Samples, Temperature = s.Temperature ?? o.Temperature, Selection = s.TakesHighest == true ? BestOfNSelection.Highest : o.Selection, Verifier = s.Verifier, Prompt = s.SolutionPrompt() });
        }),
        new(VerifiedConsistencyStrategy.About, [.. Sampling, Verifier, Threshold, Schedule, MinSamples], s =>
        {
            var o = new VerifiedConsistencyOptions();
            return new VerifiedConsistencyStrategy(o with { MaxSamples = s.Samples ?? o.MaxSamples, Temperature = s.Temperature ?? o.Temperature, Threshold = s.Threshold ?? o.Threshold, Schedule = s.Schedule ?? o.Schedule, MinSamples = s.MinSamples ?? o.MinSamples, Verifier = s.Verifier, Prompt = s.SolutionPrompt() });
        }),
        new(GenerateVerifyStrategy.About, [.. Sampling, Verifier, Accept, Wave], s =>
        {
            var o = new GenerateVerifyOptions();
            return new GenerateVerifyStrategy(o with { MaxSamples = s.Samples ?? o.MaxSamples, Temperature = s.Temperature ?? o.Temperature, Accept = s.Accept ?? o.Accept, Wave = s.Window ?? o.Wave, Verifier = s.Verifier, Prompt = s.SolutionPrompt() });
        }),
        new(RefineStrategy.About, [.. Sampling, Verifier, Accept, Patience], s => new RefineStrategy(RefineOptionsOf(s) with { Verifier = s.Verifier }, s.Prompts)),
        new(KnockoutStrategy.About, [.. Sampling, Comparisons, MaxResponseLength], s =>
        {
            var o = new KnockoutOptions();
            return new KnockoutStrategy(o with { Samples = s.Samples ?? o.Samples, Temperature = s.Temperature ?? o.Temperature, Comparisons = s.Selections ?? o.Comparisons, MaxResponseLength = s.MaxResponseLength ?? o.MaxResponseLength, Prompt = s.SolutionPrompt() }, s.Prompts);
        }),
        new(SelectStrategy.About, [.. Sampling, Selections, MaxResponseLength], s =>
        {
            var o = new SelectOptions();
            return new SelectStrategy(o with { Samples = s.Samples ?? o.Samples, Temperature = s.Temperature ?? o.Temperature, Selections = s.Selections ?? o.Selections, MaxResponseLength = s.MaxResponseLength ?? o.MaxResponseLength, Prompt = s.SolutionPrompt() }, s.Prompts);
        }),
        new(SelfRefineStrategy.About, Sampling, s =>
        {
            var o = new SelfRefineOptions();
            return new SelfRefineStrategy(o with { MaxCandidates = s.Samples ?? o.MaxCandidates, Temperature = s.Temperature ?? o.Temperature, Prompt = s.SolutionPrompt() }, s.Prompts);
        }),
        new(ChainOfVerificationStrategy.About, [Temperature, Prompt, Exemplars, MaxQuestions], s =>
        {
            var o = new ChainOfVerificationOptions();
            return new ChainOfVerificationStrategy(o with { Temperature = s.Temperature ?? o.Temperature, MaxQuestions = s.MaxQuestions ?? o.MaxQuestions, Prompt = s.SolutionPrompt() }, s.Prompts);
        }),
        new(DebateStrategy.About, [.. Sampling, Rounds, Panel, MaxResponseLength], s =>
        {
            var o = new DebateOptions();
            return new DebateStrategy(o with { Debaters = s.Samples ?? o.Debaters, Temperature = s.Temperature ?? o.Temperature, Rounds = s.Rounds ?? o.Rounds, Panel = s.Panel ?? o.Panel, MaxResponseLength = s.MaxResponseLength ?? o.MaxResponseLength, Prompt = s.SolutionPrompt() }, s.Prompts);
        }),
        new(MixtureStrategy.About, [.. Sampling, Layers, Panel, Aggregator, MaxResponseLength], s =>
        {
            var o = new MixtureOptions();
            return new MixtureStrategy(o with { Proposers = s.Samples ?? o.Proposers, Temperature = s.Temperature ?? o.Temperature, Layers = s.Rounds ?? o.Layers, Panel = s.Panel ?? o.Panel, Aggregator = s.Aggregator ?? o.Aggregator, MaxResponseLength = s.MaxResponseLength ?? o.MaxResponseLength, Prompt = s.SolutionPrompt() }, s.Prompts);
        }),
        new(CascadeStrategy.About, [.. Sampling, Verifier, Accept, Stages], s =>
        {
            var o = new CascadeOptions();
            IReadOnlyList<CascadeStage> stages = s.Stages ?? [.. o.Stages.Select(stage => stage with { Samples = s.Samples ?? stage.Samples })];
            return new CascadeStrategy(o with { Stages = stages, Temperature = s.Temperature ?? o.Temperature, Accept = s.Accept ?? o.Accept, Verifier = s.Verifier, Prompt = s.SolutionPrompt() });
        }),
        new(BeamSearchStrategy.About, [.. Searching, Width], s => new BeamSearchStrategy(SearchOptionsOf(s), s.Prompts)),
        new(DvtsStrategy.About, [.. Searching, Width], s => new DvtsStrategy(SearchOptionsOf(s), s.Prompts)),
        new(BestFirstStrategy.About, [.. Searching, Width, Breadth], s => new BestFirstStrategy(SearchOptionsOf(s) with { Breadth = s.Breadth }, s.Prompts)),
        new(MctsStrategy.About, [.. Searching, Width], s => new MctsStrategy(SearchOptionsOf(s), s.Prompts)),
        new(RStarStrategy.About, Searching, s => new RStarStrategy(SearchOptionsOf(s), s.Prompts)),
        new(AbMctsStrategy.About, [.. Sampling, Verifier, Selection, Panel], s => new AbMctsStrategy(SearchOptionsOf(s), s.Prompts, s.Panel)),
        new(ParticlesStrategy.About, Searching, s => new ParticlesStrategy(SearchOptionsOf(s), s.Prompts)),
        new(AutoStrategy.About, [.. Sampling, Verifier, Schedule, MinSamples, Confidence, TargetTokens, TargetCost, RouteAt, ScatteredBelow, Searched, Beams, Width, Expert, ExpertSamples, Scattered], s => new AutoStrategy(AutoOptionsOf(s), s.Prompts)),
    ];

    /// <summary>Every strategy's description.</summary>
    public static IReadOnlyList<StrategyDescription> Descriptions { get; } = [.. entries.Select(e => e.About)];

    /// <summary>The strategy of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of the strategy's range.</exception>
    public static IReasoningStrategy Create(string name, StrategySettings? settings = null) => Find(name).Create(settings ?? StrategySettings.Default);

    /// <summary>The settings that a strategy takes.</summary>
    /// <exception cref="ArgumentException">There is no such strategy; the message names the nearest.</exception>
    public static IReadOnlyList<StrategySetting> SettingsOf(string name) => Find(name).Takes;

    /// <summary>The options of a refinement.</summary>
    internal static RefineOptions RefineOptionsOf(StrategySettings s)
    {
        var o = new RefineOptions();
        return o with { MaxCandidates = s.Samples ?? o.MaxCandidates, Temperature = s.Temperature ?? o.Temperature, Accept = s.Accept ?? o.Accept, Patience = s.Patience ?? o.Patience, Prompt = s.SolutionPrompt() };
    }

    private static StepSearchOptions SearchOptionsOf(StrategySettings s)
    {
        var o = new StepSearchOptions();
        return o with
        {
            Samples = s.Samples,
            Width = s.Width ?? o.Width,
            MaxSteps = s.MaxSteps,
            Verifier = s.Verifier,
            Aggregation = s.Aggregation ?? o.Aggregation,
            Selection = s.TakesHighest == true ? BestOfNSelection.Highest : o.Selection,
            Temperature = s.Temperature ?? o.Temperature,
            Prompt = s.SolutionPrompt(),
        };
    }

    private static AutoOptions AutoOptionsOf(StrategySettings s)
    {
        var o = new AutoOptions();
        return o with
        {
            MaxSamples = s.Samples ?? o.MaxSamples,
            Schedule = s.Schedule ?? o.Schedule,
            MinSamples = s.MinSamples ?? o.MinSamples,
            Confidence = s.Confidence ?? o.Confidence,
            TargetTokens = s.TargetTokens,
            TargetCost = s.TargetCost,
            RouteAt = s.RouteAt ?? o.RouteAt,
            ScatteredBelow = s.ScatteredBelow ?? o.ScatteredBelow,
            Search = s.Search ?? o.Search,
            Beams = s.Beams ?? o.Beams,
            Width = s.Width ?? o.Width,
            Expert = s.Expert,
            ExpertSamples = s.ExpertSamples ?? o.ExpertSamples,
            Abstains = s.Abstains ?? o.Abstains,
            Verifier = s.Verifier,
            Temperature = s.Temperature ?? o.Temperature,
            Prompt = s.SolutionPrompt(),
        };
    }

    private static Entry Find(string name)
    {
        foreach (Entry entry in entries)
        {
            if (string.Equals(entry.About.Name, name, StringComparison.OrdinalIgnoreCase))
                return entry;
        }

        string[] near = NearMatches.Of(name, Descriptions.Select(d => d.Name));
        string hint = near.Length > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"There are: {string.Join(", ", Descriptions.Select(d => d.Name))}.";
        throw new ArgumentException($"There is no strategy '{name}'. {hint}", nameof(name));
    }

    private sealed record Entry(StrategyDescription About, IReadOnlyList<StrategySetting> Takes, Func<StrategySettings, IReasoningStrategy> Create);
}
