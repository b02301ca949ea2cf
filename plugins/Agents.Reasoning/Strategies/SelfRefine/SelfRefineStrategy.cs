namespace Agents.Reasoning.Strategies;

/// <summary>
/// Self-refine: the model criticises its own draft and revises it, until it finds no fault. Calls: up to 1 + 2k for k revisions.
/// Critical path: the same. Madaan et al. 2023, arXiv:2303.17651.
/// </summary>
/// <remarks>
/// There is no evidence from outside in it, and on reasoning tasks it can lower accuracy (Huang et al. 2023, arXiv:2310.01798):
/// where a verifier exists, <see cref="RefineStrategy"/> is the better choice. A critique that fails or does not say whether
/// there are faults abstains, and the candidate it was about stands; so does one whose revision fails or states no answer.
/// </remarks>
public sealed class SelfRefineStrategy : IReasoningStrategy
{
    private readonly SelfRefineOptions options;
    private readonly SolutionPrompt prompt;
    private readonly PromptTemplate critique;
    private readonly PromptTemplate revise;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public SelfRefineStrategy(SelfRefineOptions? options = null, PromptCatalogue? prompts = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxCandidates, 1, "MaxCandidates");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Temperature, "Temperature");
        prompts ??= PromptCatalogue.Shipped;
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot(prompts);
        critique = prompts["Refine/Critique"];
        revise = prompts["Refine/Revise"];
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("self-refine", "Criticise the draft and revise it until the critique finds no fault.", "≤ 1 + 2k", "≤ 1 + 2k", "Madaan et al. 2023, arXiv:2303.17651");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/2|{options.MaxCandidates}|{options.Temperature}|{prompt.Fingerprint}|{critique.Hash}|{revise.Hash}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.MaxCandidates };
        SampleOptions solution = prompt.Options(request, options.Temperature);
        context.Report(new StageStarted("draft", 1));
        Candidate current = await Drafting.DrawAsync(context, evidence, prompt.Render(request), solution);
        while (current.Answer is not null && evidence.Count < options.MaxCandidates)
        {
            context.Report(new StageStarted("criticise", 1));
            var review = critique.Render([], ("input", request.Question), ("draft", Drafting.Shown(current)));
            string? findings = await Drafting.AskAsync(context.Branch($"critique{evidence.Count}"), Roles.Judge, review, critique.Options);
            bool? faulty = findings is null ? null : CritiqueReader.FindsFaults(findings);
            if (faulty is null)
                evidence.Note(findings is null ? "A critique failed; what it was about stands." : "A critique could not be read; what it was about stands.");
            if (faulty != true)
                break;

            context.Report(new StageStarted("revise", 1));
            var asked = revise.Render(request.Messages, ("draft", Drafting.Shown(current)), ("findings", findings!));
            Candidate revised = await Drafting.DrawAsync(context, evidence, asked, solution);
            if (revised.Answer is null)
                break;
            current = revised;
        }

        return evidence.Conclude(current, StopReason.Completed, confidence: null);
    }
}
