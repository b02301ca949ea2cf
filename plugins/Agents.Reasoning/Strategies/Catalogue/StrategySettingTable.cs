using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;

namespace Agents.Reasoning;

/// <summary>
/// The settings that strategies take by name. The upper limits are for documents from elsewhere: more than any method uses, and
/// less than would let one request hold a host up before a budget speaks.
/// </summary>
internal static class StrategySettingTable
{
    public static readonly StrategySetting Samples = Integer("samples", "Samples, or the most samples of an adaptive strategy.", 1, 1000, (s, v) => s with { Samples = v });
    public static readonly StrategySetting Temperature = new("temperature", SettingKind.Number, "Sampling temperature where the request sets none.") { Min = 0, Max = 10, Apply = (s, v) => s with { Temperature = (double)v } };
    public static readonly StrategySetting Prompt = new("prompt", SettingKind.Choice, "How solutions are asked for.") { Choices = SolutionPrompt.Names, Apply = (s, v) => s with { PromptName = (string)v } };
    public static readonly StrategySetting Exemplars = new("exemplars", SettingKind.Choice, "The exemplar set of few-shot prompts.") { Choices = ["arithmetic", "choice", "date"], Apply = (s, v) => s with { Exemplars = (string)v } };
    public static readonly StrategySetting Verifier = new("verifier", SettingKind.Verifier, "Judges candidates.");
    public static readonly StrategySetting Threshold = new("threshold", SettingKind.Number, "The posterior at which the vote is settled.") { Min = 0.5, IsMinExcluded = true, Max = 1, IsMaxExcluded = true, Apply = (s, v) => s with { Threshold = (double)v } };
    public static readonly StrategySetting MinSamples = Integer("minSamples", "Answers needed before the rule may stop.", 1, 1000, (s, v) => s with { MinSamples = v });
    public static readonly StrategySetting Schedule = new("schedule", SettingKind.Integers, "Samples of each stage.") { Min = 1, Max = 1000, Apply = (s, v) => s with { Schedule = (IReadOnlyList<int>)v } };
    public static readonly StrategySetting Window = Integer("window", "Samples a window.", 1, 1000, (s, v) => s with { Window = v });
    public static readonly StrategySetting Wave = Integer("wave", "Samples drawn at once.", 1, 1000, (s, v) => s with { Window = v });
    public static readonly StrategySetting TokenWindow = Integer("groupTokens", "Tokens of a group.", 1, 100_000, (s, v) => s with { Window = v });
    public static readonly StrategySetting WarmUp = Integer("warmUp", "Samples drawn whole, from which the threshold is taken.", 1, 1000, (s, v) => s with { WarmUp = v });
    public static readonly StrategySetting Keep = new("keep", SettingKind.Number, "The share of warm-up samples that the threshold lets pass.") { Min = 0, IsMinExcluded = true, Max = 1, IsMaxExcluded = true, Apply = (s, v) => s with { Keep = (double)v } };
    public static readonly StrategySetting PathChoice = new("choice", SettingKind.Choice, "How the paths' margins choose the answer.") { Choices = ["sum", "max"], Apply = (s, v) => s with { TakesSurestPath = (string)v == "max" } };
    public static readonly StrategySetting Opening = new("opening", SettingKind.Choice, "What every reply opens with before the first token: nothing, or the tags of thinking or of its first step.") { Choices = ["none", "think", "step"], Apply = (s, v) => s with { Opening = (string)v switch { "think" => "<think>", "step" => ContinuingWriter.Opening, _ => "" } } };
    public static readonly StrategySetting MaxThinkingTokens = Integer("maxThinkingTokens", "Tokens of thinking.", 1, 1_000_000, (s, v) => s with { MaxThinkingTokens = v });
    public static readonly StrategySetting Ignored = Integer("ignored", "How often an end of thinking is not accepted.", 0, 100, (s, v) => s with { Ignored = v });
    public static readonly StrategySetting Word = new("word", SettingKind.Choice, "What is written in place of an end of thinking.") { Choices = BudgetForcingOptions.Words, Apply = (s, v) => s with { Word = (string)v } };
    public static readonly StrategySetting Accept = new("accept", SettingKind.Number, "The strength of evidence that is enough.") { Min = 0, IsMinExcluded = true, Max = 1, Apply = (s, v) => s with { Accept = (double)v } };
    public static readonly StrategySetting Patience = Integer("patience", "Revisions in a row without a better score after which the run ends.", 1, 100, (s, v) => s with { Patience = v });
    public static readonly StrategySetting Selections = Integer("selections", "Selections, each over another order.", 1, 100, (s, v) => s with { Selections = v });
    public static readonly StrategySetting Comparisons = Integer("comparisons", "Comparisons a pair, each in both orders.", 1, 100, (s, v) => s with { Selections = v });
    public static readonly StrategySetting Selection = new("selection", SettingKind.Choice, "How verdicts choose.") { Choices = ["weighted-vote", "highest"], Apply = (s, v) => s with { TakesHighest = (string)v == "highest" } };
    public static readonly StrategySetting MaxQuestions = Integer("maxQuestions", "The most verification questions.", 1, 100, (s, v) => s with { MaxQuestions = v });
    public static readonly StrategySetting MaxResponseLength = Integer("maxResponseLength", "Characters of each solution that others see.", 200, 100_000, (s, v) => s with { MaxResponseLength = v });
    public static readonly StrategySetting Rounds = Integer("rounds", "Rounds in which everyone answers again.", 0, 20, (s, v) => s with { Rounds = v });
    public static readonly StrategySetting Layers = Integer("layers", "Layers of proposers before the aggregator.", 1, 20, (s, v) => s with { Rounds = v });
    public static readonly StrategySetting Panel = new("panel", SettingKind.Roles, "The roles that take part, in turn.") { Apply = (s, v) => s with { Panel = (IReadOnlyList<string>)v } };
    public static readonly StrategySetting Aggregator = new("aggregator", SettingKind.Role, "The role that writes the answer from the proposals.") { Apply = (s, v) => s with { Aggregator = (string)v } };
    public static readonly StrategySetting Stages = new("stages", SettingKind.Stages, "The stages: a role and its samples.") { Min = 1, Max = 1000, Apply = (s, v) => s with { Stages = (IReadOnlyList<CascadeStage>)v } };

    public static readonly StrategySetting Width = Integer("width", "Samples that follow one step.", 1, 100, (s, v) => s with { Width = v });
    public static readonly StrategySetting Breadth = Integer("breadth", "Nodes expanded a level, level by level as in Tree of Thoughts; without it the best node anywhere is expanded.", 1, 1000, (s, v) => s with { Breadth = v });
    public static readonly StrategySetting MaxSteps = Integer("maxSteps", "Steps, the last of which asks for all of the rest.", 1, 1000, (s, v) => s with { MaxSteps = v });
    public static readonly StrategySetting Aggregation = new("aggregation", SettingKind.Choice, "How the scores of steps make the score of a path.") { Choices = ["last", "min", "product"], Apply = (s, v) => s with { Aggregation = (string)v switch { "min" => StepAggregation.Min, "product" => StepAggregation.Product, _ => StepAggregation.Last } } };

    public static readonly StrategySetting Confidence = new("confidence", SettingKind.Number, "The confidence asked for: the posterior of the vote at which the run stops.") { Min = 0.5, IsMinExcluded = true, Max = 1, IsMaxExcluded = true, Apply = (s, v) => s with { Confidence = (double)v } };
    public static readonly StrategySetting TargetTokens = Integer("targetTokens", "Tokens that a question should cost: rounds are cut to stay below; not a limit.", 1, 100_000_000, (s, v) => s with { TargetTokens = v });
    public static readonly StrategySetting TargetCost = new("targetCost", SettingKind.Number, "Money that a question should cost, where prices are declared; not a limit.") { Min = 0, IsMinExcluded = true, Max = 1_000_000, Apply = (s, v) => s with { TargetCost = (double)v } };
    public static readonly StrategySetting RouteAt = Integer("routeAt", "Samples after which the route is chosen.", 1, 1000, (s, v) => s with { RouteAt = v });
    public static readonly StrategySetting ScatteredBelow = new("scatteredBelow", SettingKind.Number, "The share of all weight below which the two leading answers leave the rest scattered.") { Min = 0, Max = 1, Apply = (s, v) => s with { ScatteredBelow = (double)v } };
    public static readonly StrategySetting Searched = new("search", SettingKind.Choice, "The search that scattered answers lead to.") { Choices = AutoSearch.Names, Apply = (s, v) => s with { Search = (string)v } };
    public static readonly StrategySetting Beams = Integer("beams", "N of that search.", 1, 1000, (s, v) => s with { Beams = v });
    public static readonly StrategySetting Expert = new("expert", SettingKind.Role, "The role that is asked where no search is possible.") { Apply = (s, v) => s with { Expert = (string)v } };
    public static readonly StrategySetting ExpertSamples = Integer("expertSamples", "Samples of that role.", 1, 1000, (s, v) => s with { ExpertSamples = v });
    public static readonly StrategySetting Scattered = new("scattered", SettingKind.Choice, "What scattered answers are where neither a search nor an expert can help: voted on, or no answer.") { Choices = ["vote", "abstain"], Apply = (s, v) => s with { Abstains = (string)v == "abstain" } };

    /// <summary>What every search over steps takes.</summary>
    public static readonly StrategySetting[] Searching = [Samples, Temperature, Prompt, Exemplars, Verifier, Selection, MaxSteps, Aggregation];

    /// <summary>What every strategy takes that draws several solutions by one prompt.</summary>
    public static readonly StrategySetting[] Sampling = [Samples, Temperature, Prompt, Exemplars];

    private static StrategySetting Integer(string name, string idea, int min, int max, Func<StrategySettings, int, StrategySettings> apply) =>
        new(name, SettingKind.Integer, idea) { Min = min, Max = max, Apply = (s, v) => apply(s, (int)v) };
}
