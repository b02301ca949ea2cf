namespace Agents.Reasoning.Strategies;

/// <summary>
/// No solving: a given solution is judged step by step, all steps at once. The one candidate carries the verdict, its scores in
/// the order of the steps, null where the verifier abstained. Calls: V a step. Critical path: V's.
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
        this.verifier = Verifiers.StepVerifiers.Of(verifier);
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
        double?[] scores = await Verifiers.StepVerifiers.ScoreEachAsync(verifier, context, request, steps);
        var evidence = new Evidence(Description.Name, context, request);
        var given = new Sample(0, "given", CallOutcome.FromText(string.Join('\n', steps)));
        Candidate candidate = evidence.Add(given);
        evidence.Judged(0, new Verdict(verifier.Name, scores.OfType<double>().Cast<double?>().LastOrDefault()) { Steps = scores });
        return evidence.Conclude(candidate, StopReason.Completed, confidence: null);
    }
}
