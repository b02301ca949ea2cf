using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;

namespace Agents.Reasoning;

/// <summary>What a caller may set of any strategy by name; a null keeps the strategy's default. A strategy takes those of <see cref="StrategyCatalogue.SettingsOf"/> and ignores the rest.</summary>
public sealed record StrategySettings
{
    /// <summary>The strategy's own defaults.</summary>
    public static StrategySettings Default { get; } = new();

    /// <summary>Samples (N), or the most samples of an adaptive strategy.</summary>
    public int? Samples { get; init; }

    /// <summary>Sampling temperature where the request sets none.</summary>
    public double? Temperature { get; init; }

    /// <summary>How each solution is asked for, for strategies that sample several.</summary>
    public SolutionPrompt? Prompt { get; init; }

    /// <summary>The name of the solution prompt, one of <see cref="SolutionPrompt.Names"/>, where <see cref="Prompt"/> is null.</summary>
    public string? PromptName { get; init; }

    /// <summary>Judges candidates, for strategies that use verdicts; null for none, and such a strategy then votes.</summary>
    public IVerifier? Verifier { get; init; }

    /// <summary>The exemplar set of few-shot prompts.</summary>
    public string Exemplars { get; init; } = "arithmetic";

    /// <summary>The prompts; null for the shipped ones.</summary>
    public PromptCatalogue? Prompts { get; init; }

    /// <summary>The posterior at which a vote is settled, in (0.5, 1).</summary>
    public double? Threshold { get; init; }

    /// <summary>Answers needed before a stop rule may stop.</summary>
    public int? MinSamples { get; init; }

    /// <summary>Samples of each stage.</summary>
    public IReadOnlyList<int>? Schedule { get; init; }

    /// <summary>Samples a window or wave, or tokens a group.</summary>
    public int? Window { get; init; }

    /// <summary>Samples drawn whole before any is cut.</summary>
    public int? WarmUp { get; init; }

    /// <summary>The share of samples that a threshold lets pass, in (0, 1).</summary>
    public double? Keep { get; init; }

    /// <summary>The strength of evidence that is enough, in (0, 1].</summary>
    public double? Accept { get; init; }

    /// <summary>Revisions in a row without a better score.</summary>
    public int? Patience { get; init; }

    /// <summary>Selections or comparisons (K).</summary>
    public int? Selections { get; init; }

    /// <summary>Whether the highest score chooses instead of the vote weighted by score.</summary>
    public bool? TakesHighest { get; init; }

    /// <summary>Whether the answer of the path of the greatest Δ wins instead of the one with the greatest sum.</summary>
    public bool? TakesSurestPath { get; init; }

    /// <summary>What the assistant's turn opens with.</summary>
    public string? Opening { get; init; }

    /// <summary>Tokens of thinking.</summary>
    public int? MaxThinkingTokens { get; init; }

    /// <summary>How often an end of thinking is not accepted.</summary>
    public int? Ignored { get; init; }

    /// <summary>What is written in place of an end of thinking that is not accepted.</summary>
    public string? Word { get; init; }

    /// <summary>Verification questions.</summary>
    public int? MaxQuestions { get; init; }

    /// <summary>Characters of each solution that others see.</summary>
    public int? MaxResponseLength { get; init; }

    /// <summary>Rounds of a debate, or layers of a mixture.</summary>
    public int? Rounds { get; init; }

    /// <summary>The roles of a panel.</summary>
    public IReadOnlyList<string>? Panel { get; init; }

    /// <summary>The role that writes the answer from proposals.</summary>
    public string? Aggregator { get; init; }

    /// <summary>Samples that follow one step of a search.</summary>
    public int? Width { get; init; }

    /// <summary>Nodes expanded a level of a search that goes level by level.</summary>
    public int? Breadth { get; init; }

    /// <summary>Steps of a search, the last of which asks for all of the rest.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>How the scores of steps make the score of a path.</summary>
    public StepAggregation? Aggregation { get; init; }

    /// <summary>The stages of a cascade.</summary>
    public IReadOnlyList<CascadeStage>? Stages { get; init; }

    /// <summary>The confidence at which a controller stops, in (0.5, 1).</summary>
    public double? Confidence { get; init; }

    /// <summary>Tokens that a question should cost.</summary>
    public int? TargetTokens { get; init; }

    /// <summary>Money that a question should cost.</summary>
    public double? TargetCost { get; init; }

    /// <summary>Samples after which a controller chooses its route.</summary>
    public int? RouteAt { get; init; }

    /// <summary>The share of the weight below which two leading answers leave the rest scattered, 0–1.</summary>
    public double? ScatteredBelow { get; init; }

    /// <summary>The search that a controller turns to.</summary>
    public string? Search { get; init; }

    /// <summary>Beams of that search.</summary>
    public int? Beams { get; init; }

    /// <summary>The role that a controller escalates to.</summary>
    public string? Expert { get; init; }

    /// <summary>Samples of that role.</summary>
    public int? ExpertSamples { get; init; }

    /// <summary>Whether a controller gives no answer where nothing helps.</summary>
    public bool? Abstains { get; init; }

    /// <summary>How solutions are asked for: the prompt given, else the one named, else zero-shot chain of thought.</summary>
    internal SolutionPrompt SolutionPrompt() => Prompt ?? Reasoning.SolutionPrompt.Named(PromptName ?? "zero-shot", Exemplars, Prompts);
}
