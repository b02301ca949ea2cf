using System.CommandLine;
using Agents.Answers;
using Agents.Distillation;
using Agents.Evaluation;
using Agents.Hosting;
using Agents.Reasoning;
using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;

namespace Agents.Cli;

/// <summary>Options that more than one command takes.</summary>
internal sealed class SharedOptions
{
    public Option<int?> Samples { get; } = Positive("--samples", "Samples (N), or the most samples of an adaptive strategy.");

    public Option<long> Seed { get; } = new("--seed") { Description = "The seed from which every random choice derives.", HelpName = "K", DefaultValueFactory = _ => 0 };

    public Option<AnswerKind> Expect { get; } = new("--expect") { Description = "The kind of answer the question asks for.", DefaultValueFactory = _ => AnswerKind.Any };

    public Option<string> Prompt { get; } = new("--prompt") { Description = "How strategies that sample ask for each solution: as-asked, direct, zero-shot, few-shot, supervised, supervised-zh.", DefaultValueFactory = _ => "zero-shot" };

    public Option<string> Exemplars { get; } = new("--exemplars") { Description = "The exemplar set of few-shot prompts: arithmetic, choice, date.", DefaultValueFactory = _ => "arithmetic" };

    public Option<string?> Prompts { get; } = new("--prompts") { Description = "A folder whose prompts replace the shipped ones of the same name.", HelpName = "DIR" };

    public Option<string?> Verifier { get; } = new("--verifier") { Description = "Judges candidates, for strategies that use verdicts: " + string.Join(", ", VerifierProvider.Forms) + ".", HelpName = "V" };

    public Option<string?> Calibration { get; } = new("--calibration") { Description = "Makes the verifier's scores probabilities: a file that `agents calibrate` wrote for it.", HelpName = "FILE" };

    public Option<string?> JudgeModel { get; } = new("--judge-model") { Description = "The model that judges and selects, where it is not the one that solves.", HelpName = "M" };

    public Option<string[]> ModelFor { get; } = new("--model-for") { Description = "Another model for a role; may be given several times. Roles: " + string.Join(", ", Roles.All) + ", and those that a workflow names.", HelpName = "ROLE=M", DefaultValueFactory = _ => [] };

    public Option<string[]> Price { get; } = new("--price") { Description = "What a role's model costs, in money per million tokens in and out; without ROLE= for every role not named.", HelpName = "[ROLE=]IN/OUT", DefaultValueFactory = _ => [] };

    public Option<decimal?> BudgetCost { get; } = new("--budget-cost") { Description = "The most money of a run, by the prices given.", HelpName = "C" };

    public Option<int?> BudgetCalls { get; } = Positive("--budget-calls", "The most model calls of a run.");

    public Option<long?> BudgetTokens { get; } = new("--budget-tokens") { Description = "The most tokens of a run, input and output.", HelpName = "T" };

    public Option<double?> BudgetSeconds { get; } = new("--budget-seconds") { Description = "The most wall-clock time of a run.", HelpName = "S" };

    public Option<double?> Temperature { get; } = new("--temperature") { Description = "Sampling temperature in place of the strategy's own.", HelpName = "X" };

    public Option<int?> MaxTokens { get; } = Positive("--max-tokens", "The most tokens of one reply.");

    public Option<string[]> Set { get; } = SettingOption.Create();

    public Option<int> Concurrency { get; } = new("--concurrency") { Description = "Calls in flight at once within a run.", DefaultValueFactory = _ => 64 };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Samples, Seed, Expect, Prompt, Exemplars, Prompts, Verifier, Calibration, JudgeModel, ModelFor, Price, BudgetCalls, BudgetCost, BudgetTokens, BudgetSeconds, Temperature, MaxTokens, Set, Concurrency })
            command.Options.Add(option);
    }

    /// <summary>The settings of the strategies that run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="verifiers">Makes the verifier.</param>
    /// <param name="strategies">Their names; none where a workflow runs alone.</param>
    public StrategySettings Settings(ParseResult parsed, VerifierProvider verifiers, params IReadOnlyList<string> strategies)
    {
        PromptCatalogue prompts = Catalogue(parsed);
        string exemplars = parsed.GetValue(Exemplars)!;
        var settings = new StrategySettings { Samples = parsed.GetValue(Samples), Exemplars = exemplars, Prompts = prompts, Prompt = SolutionPrompt.Named(parsed.GetValue(Prompt)!, exemplars, prompts), Verifier = VerifierOf(parsed, verifiers, prompts) };
        // A model that is given to the expert is there to be asked.
        if (parsed.GetValue(ModelFor)!.Any(m => m.StartsWith(Roles.Expert + "=", StringComparison.Ordinal)))
            settings = settings with { Expert = Roles.Expert };
        if (strategies.Count == 0 && parsed.GetValue(Set)!.Length > 0)
            throw new ArgumentException("--set needs a --strategy: a workflow has its settings in the document.");
        settings = SettingOption.Apply(parsed, Set, settings, strategies);
        // --prompt has a default that would hide what was set by name.
        return settings.PromptName is null ? settings : settings with { Prompt = SolutionPrompt.Named(settings.PromptName, settings.Exemplars, prompts) };
    }

    /// <summary>Whether the verifier runs code, so that the answer is a block of code.</summary>
    public static bool RunsCode(StrategySettings settings) => settings.Verifier is { Name: "unit-tests" };

    private IVerifier? VerifierOf(ParseResult parsed, VerifierProvider verifiers, PromptCatalogue prompts)
    {
        string? calibration = parsed.GetValue(Calibration);
        if (parsed.GetValue(Verifier) is not { } name)
            return calibration is null ? null : throw new ArgumentException("--calibration needs the --verifier that it was fitted for.");
        IVerifier verifier = verifiers.Create(name, prompts);
        return calibration is null ? verifier : new CalibratedVerifier(verifier, ScoreCalibration.Parse(File.ReadAllText(calibration), calibration));
    }

    public PromptCatalogue Catalogue(ParseResult parsed) => parsed.GetValue(Prompts) is { } folder ? PromptCatalogue.FromFolder(folder) : PromptCatalogue.Shipped;

    /// <summary>The options that set something of a strategy, and so mean nothing beside a workflow alone.</summary>
    public IReadOnlyList<Option> OfStrategies => [Samples, Prompt, Exemplars, Verifier, Set];

    public BudgetLimits Limits(ParseResult parsed)
    {
        if (parsed.GetValue(BudgetTokens) < 0 || parsed.GetValue(BudgetCost) < 0 || parsed.GetValue(BudgetSeconds) <= 0)
            throw new ArgumentException("A budget must be positive.");
        return new BudgetLimits
        {
            Calls = parsed.GetValue(BudgetCalls),
            Cost = parsed.GetValue(BudgetCost),
            Tokens = parsed.GetValue(BudgetTokens),
            Time = parsed.GetValue(BudgetSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
    }

    public SampleOptions Sampling(ParseResult parsed) => new() { Temperature = parsed.GetValue(Temperature), MaxOutputTokens = parsed.GetValue(MaxTokens) };

    /// <summary>What a recording asks of a model for each question.</summary>
    public RecordingPlan Recording(ParseResult parsed, EvaluationData questions, ISampler model) => new()
    {
        Data = questions,
        Model = model,
        Prompt = SolutionPrompt.Named(parsed.GetValue(Prompt)!, parsed.GetValue(Exemplars)!, Catalogue(parsed)),
        Sampling = Sampling(parsed),
        Samples = parsed.GetValue(Samples) ?? 8,
        Seed = parsed.GetValue(Seed),
        ExpectedAnswer = parsed.GetValue(Expect),
    };

    /// <summary>The model that writes training data, asked as a recording asks it.</summary>
    public TeacherModel Teacher(ParseResult parsed, ISampler model)
    {
        PromptCatalogue prompts = Catalogue(parsed);
        return new TeacherModel(model)
        {
            Prompt = SolutionPrompt.Named(parsed.GetValue(Prompt)!, parsed.GetValue(Exemplars)!, prompts),
            Prompts = prompts,
            Sampling = Sampling(parsed),
            Expected = parsed.GetValue(Expect),
            Seed = parsed.GetValue(Seed),
        };
    }

    private static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value < 1)
                result.AddError($"{name} must be at least 1.");
        });
        return option;
    }
}
