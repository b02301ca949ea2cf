namespace Agents.Reasoning.Strategies;

/// <summary>
/// Refine: draft, verify, revise by what the verdict found, verify again. Calls: up to N + N·V for N candidates. Critical path:
/// the same, each waits for the one before. Madaan et al. 2023, arXiv:2303.17651, with an outside verifier in place of the
/// model's own critique, without which revising lowers accuracy (Huang et al. 2023, arXiv:2310.01798).
/// </summary>
/// <remarks>
/// It is always the best candidate by verdict that is revised and returned, so a revision that degrades costs calls and nothing
/// else. A candidate of which nothing is known counts ½: it never replaces one with evidence in its favour. The run ends when a
/// candidate is verified, after <see cref="RefineOptions.Patience"/> revisions without a better score, or when the verifier
/// says nothing to revise by. A draft that fails or states no answer is drawn again.
/// </remarks>
public sealed class RefineStrategy : IReasoningStrategy
{
    private readonly RefineOptions options;
    private readonly SolutionPrompt prompt;
    private readonly PromptTemplate revise;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public RefineStrategy(RefineOptions? options = null, PromptCatalogue? prompts = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxCandidates, 1, "MaxCandidates");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Patience, 1, "Patience");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(this.options.Accept, "Accept");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.options.Accept, 1, "Accept");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot(prompts);
        revise = (prompts ?? PromptCatalogue.Shipped)["Refine/Revise"];
        Description = this.options.Draft?.Description is { } draft
            ? About with { Name = $"{draft.Name}+{About.Name}", Calls = $"{draft.Calls} + {About.Calls}", CriticalPath = $"{draft.CriticalPath} + {About.CriticalPath}", Source = $"{draft.Source}; {About.Source}" }
            : About;
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("refine", "Draft, verify, revise by what the verdict found; keep the best by verdict.", "≤ N + N·V", "≤ N·(1 + V)", "Madaan et al. 2023, arXiv:2303.17651; Huang et al. 2023, arXiv:2310.01798");

    /// <inheritdoc/>
    public StrategyDescription Description { get; }

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/2|{options.MaxCandidates}|{options.Accept}|{options.Patience}|{options.Temperature}|{prompt.Fingerprint}|{revise.Hash}|{options.Verifier?.Fingerprint}{(options.Draft is { } draft ? "|draft " + draft.Fingerprint : "")}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        IVerifier? verifier = ExactFirst.Of(request, options.Verifier);
        var evidence = new Evidence(Description.Name, context, request) { Planned = options.MaxCandidates };
        SampleOptions solution = VerifierEvidence.Asked(context, verifier, prompt.Options(request, options.Temperature));
        Candidate? best = null;
        for (int stalled = 0; evidence.Count < options.MaxCandidates && stalled < options.Patience && context.Budget.Reached is null;)
        {
            string? findings = best is null ? null : Findings.Of(best);
            if (best is not null && findings is null)
                break;
            context.Report(new StageStarted(best is null ? "draft" : "revise", 1));
            var messages = best is null
                ? prompt.Render(request)
                : revise.Render(request.Messages, ("draft", Drafting.Shown(best)), ("findings", findings!));
            Candidate candidate = (best is null ? await DraftAsync(context, request, evidence) : null) ?? await Drafting.DrawAsync(context, evidence, messages, solution);
            candidate = await JudgedAsync(context, request, evidence, verifier, candidate);
            if (candidate.Answer is not null && (best is null || VerdictScore.OrPrior(candidate) > VerdictScore.OrPrior(best)))
                (best, stalled) = (candidate, 0);
            else if (best is not null)
                stalled++;
            if (best is not null && VerdictScore.Of(best) >= options.Accept)
                return evidence.Conclude(best, StopReason.Verified, VerdictScore.Of(best));
        }

        if (best is not null)
            NoteUnverified(evidence, verifier, best);
        return evidence.Conclude(best, StopReason.Completed, best is null ? null : VerdictScore.Of(best));
    }

    /// <summary>The draft that another strategy writes, as the first candidate; null where there is none to take.</summary>
    private async Task<Candidate?> DraftAsync(ReasoningContext context, ReasoningRequest request, Evidence evidence)
    {
        if (options.Draft is not { } strategy || evidence.Count > 0)
            return null;
        ReasoningResult draft = await strategy.RunAsync(context, request);
        if (draft.Selected is not { Answer: not null } selected)
            return null;
        foreach (string note in draft.Notes)
            evidence.Note(note);
        return evidence.Add(selected with { Index = evidence.Count, Verdicts = [] });
    }

    private static async Task<Candidate> JudgedAsync(ReasoningContext context, ReasoningRequest request, Evidence evidence, IVerifier? verifier, Candidate candidate)
    {
        if (candidate.Answer is null || verifier is null)
            return candidate;
        Verdict verdict = await VerifiedSampling.VerdictAsync(verifier, context.Branch($"candidate{candidate.Index}"), request, candidate);
        return evidence.Judged(candidate.Index, verdict);
    }

    private static void NoteUnverified(Evidence evidence, IVerifier? verifier, Candidate best)
    {
        if (verifier is null)
            evidence.Note("No verifier is set: the draft is the answer.");
        else if (VerdictScore.Of(best) is null)
            evidence.Note($"The verifier abstained, so there was nothing to revise by: {best.Verdicts[0].Rationale ?? "no reason given"}");
        else
            evidence.Note($"No candidate was verified; the answer is the best of {evidence.Count} by verdict.");
    }
}
