using Agents.Reasoning.Verifiers;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// No solving: a given solution is judged step by step, all steps at once. The one candidate carries the verdict, its scores in
/// the order of the steps, null where the verifier abstained. Calls: V a step; where the verifier goes by log-probabilities and
/// the solver's model reads given texts, one more that reads the whole. Critical path: V's.
/// </summary>
public sealed class GivenStepsStrategy : IReasoningStrategy
{
    private readonly IStepVerifier verifier;
    private readonly IReadOnlyList<string> steps;

    /// <summary>Creates the strategy.</summary>
    /// <param name="verifier">Judges the steps; one of whole solutions is lifted.</param>
    /// <param name="steps">The steps of the solution, without tags.</param>
    public GivenStepsStrategy(IVerifier verifier, IReadOnlyList<string> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        this.verifier = StepVerifiers.Of(verifier);
        this.steps = [.. steps];
        Fingerprint = $"given-steps/1|{verifier.Fingerprint}|{PromptHash.Of(string.Join('\0', steps))}";
    }

    /// <inheritdoc/>
    public StrategyDescription Description { get; } = new("given-steps", "Judges a given solution step by step.", "V·T", "V", "Lightman et al. 2023, arXiv:2305.20050");

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        double?[] scores = await StepVerifiers.ScoreEachAsync(verifier, context, request, steps, await ReadAsync(context, request));
        var evidence = new Evidence(Description.Name, context, request);
        var given = new Sample(0, "given", CallOutcome.FromText(string.Join('\n', steps)));
        Candidate candidate = evidence.Add(given);
        evidence.Judged(0, new Verdict(verifier.Name, scores.OfType<double>().Cast<double?>().LastOrDefault()) { Steps = scores });
        return evidence.Conclude(candidate, StopReason.Completed, confidence: null);
    }

    /// <summary>The tokens of each step as the solver's model reads them; null where it does not, or the reading failed.</summary>
    private async Task<IReadOnlyList<IReadOnlyList<TokenLogProbability>>?> ReadAsync(ReasoningContext context, ReasoningRequest request)
    {
        if (verifier.LogProbabilities == EvidenceNeed.None || context.Capabilities(Roles.Solver) is not { ScoresText: true, LogProbabilities: true, ContinueAssistant: true })
            return null;
        string text = SolutionSteps.Tagged(steps);
        var reading = new SampleOptions { ScoredText = text, ContinueAssistant = true, LogProbabilities = true, TopLogProbabilities = verifier.Alternatives };
        Sample? read = null;
        await foreach (Sample sample in context.SampleAsync(Roles.Solver, [.. request.Messages, new ChatMessage(ChatRole.Assistant, "<think>")], reading))
            read = sample;
        IReadOnlyList<TokenLogProbability> tokens = read!.Outcome.LogProbabilities;
        IReadOnlyList<(int Start, int End)> spans = SolutionSteps.Of(text);
        return tokens.Count == 0 || spans.Count != steps.Count || TokenSpans.Begins(text, tokens) is not { } begins ? null
            : [.. spans.Select(s => (IReadOnlyList<TokenLogProbability>)[.. tokens.Where((_, i) => begins[i] >= s.Start && begins[i] < s.End)])];
    }
}
