using System.Globalization;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Chain of verification: draft, plan questions that would expose a wrong draft, answer each without the draft in view, revise by
/// the answers. Calls: 3 + Q. Critical path: 4, since the questions are answered at once. Dhuliawala et al. 2023, arXiv:2309.11495,
/// the factored variant.
/// </summary>
/// <remarks>
/// The answers cannot repeat the draft's mistakes by copying them, which is the method's whole point: a question's call holds the
/// question and nothing else. Where no question can be read, none can be answered, or the revision fails or states no answer,
/// the draft stands and the result says why.
/// </remarks>
public sealed class ChainOfVerificationStrategy : IReasoningStrategy
{
    private readonly ChainOfVerificationOptions options;
    private readonly SolutionPrompt prompt;
    private readonly PromptTemplate plan;
    private readonly PromptTemplate answer;
    private readonly PromptTemplate revise;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public ChainOfVerificationStrategy(ChainOfVerificationOptions? options = null, PromptCatalogue? prompts = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxQuestions, 1, "MaxQuestions");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Temperature, "Temperature");
        prompts ??= PromptCatalogue.Shipped;
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot(prompts);
        plan = prompts["Refine/PlanChecks"];
        answer = prompts["Refine/AnswerCheck"];
        revise = prompts["Refine/Revise"];
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("chain-of-verification", "Draft, ask questions that would expose it, answer them without it, revise.", "≤ 3 + Q", "4", "Dhuliawala et al. 2023, arXiv:2309.11495");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/2|{options.MaxQuestions}|{options.Temperature}|{prompt.Fingerprint}|{plan.Hash}|{answer.Hash}|{revise.Hash}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = 2 };
        SampleOptions solution = prompt.Options(request, options.Temperature);
        context.Report(new StageStarted("draft", 1));
        Candidate draft = await Drafting.DrawAsync(context, evidence, prompt.Render(request), solution);
        if (draft.Answer is null)
            return evidence.Conclude(draft, StopReason.Completed, confidence: null);

        IReadOnlyList<string> questions = await PlanAsync(context, request, draft);
        context.Report(new StageStarted("answer", questions.Count));
        string[] checks = await AnswerAsync(context, questions);
        if (checks.Length == 0)
        {
            evidence.Note(questions.Count == 0 ? "No verification question could be read; the draft stands." : "No verification question was answered; the draft stands.");
            return evidence.Conclude(draft, StopReason.Completed, confidence: null);
        }

        context.Report(new StageStarted("revise", 1));
        string findings = "These questions were answered without seeing the draft.\n\n" + string.Join("\n\n", checks);
        Candidate revised = await Drafting.DrawAsync(context, evidence, revise.Render(request.Messages, ("draft", Drafting.Shown(draft)), ("findings", findings)), solution);
        if (revised.Answer is null)
            evidence.Note("The revision failed or states no answer; the draft stands.");
        return evidence.Conclude(revised.Answer is null ? draft : revised, StopReason.Completed, confidence: null);
    }

    private async Task<IReadOnlyList<string>> PlanAsync(ReasoningContext context, ReasoningRequest request, Candidate draft)
    {
        context.Report(new StageStarted("plan", 1));
        var asked = plan.Render([], ("input", request.Question), ("draft", Drafting.Shown(draft)), ("count", options.MaxQuestions.ToString(CultureInfo.InvariantCulture)));
        string? said = await Drafting.AskAsync(context, Roles.Judge, asked, plan.Options);
        return said is null ? [] : QuestionReader.Read(said, options.MaxQuestions);
    }

    private async Task<string[]> AnswerAsync(ReasoningContext context, IReadOnlyList<string> questions)
    {
        string?[] answers = await Task.WhenAll(questions.Select((q, i) => Drafting.AskAsync(context.Branch($"question{i}"), Roles.Solver, answer.Render([], ("question", q)), answer.Options)));
        return [.. questions.Zip(answers).Where(pair => !string.IsNullOrEmpty(pair.Second)).Select(pair => $"Q: {pair.First}\nA: {pair.Second}")];
    }
}
