using System.Globalization;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Self-certainty: how far the model's distributions were from uniform while it wrote, the mean over its tokens of
/// −(1/k)·Σ ln P over the k most likely ones. Kang et al. 2025, arXiv:2502.18581, who take the whole vocabulary; no API gives more
/// than 20. Calls: 0. Without alternatives it abstains. The score c/(1 + c) keeps the order; it is no probability of being right,
/// so calibrate it before comparing it with a threshold.
/// </summary>
public sealed class SelfCertaintyVerifier : IStepVerifier
{
    /// <inheritdoc/>
    public string Name => "self-certainty";

    /// <inheritdoc/>
    public string Fingerprint => "self-certainty/1";

    /// <inheritdoc/>
    public EvidenceNeed LogProbabilities => EvidenceNeed.Required;

    /// <inheritdoc/>
    public int Alternatives => 20;

    /// <inheritdoc/>
    public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => Task.FromResult(Score(candidate.Sample.Outcome));

    /// <summary>Scores the last step alone, by the tokens of the call that wrote it.</summary>
    public Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution) => Task.FromResult(Score(solution.Last.Outcome));

    private Verdict Score(CallOutcome outcome)
    {
        IReadOnlyList<TokenLogProbability> tokens = outcome.LogProbabilities;
        double?[] certainty = [.. tokens.Select(GroupConfidence.Of)];
        if (certainty.Length == 0 || certainty.Any(c => c is not { } known || !double.IsFinite(known)))
            return Verdict.Abstain(Name, "The sample has no alternatives to its tokens with their log-probabilities.");
        double mean = certainty.Average()!.Value;
        return new Verdict(Name, GroupConfidence.ToScore(mean))
        {
            Steps = Steps(outcome.Text ?? "", tokens, certainty),
            Rationale = string.Create(CultureInfo.InvariantCulture, $"{tokens.Count} tokens of mean certainty {mean:0.###} over {tokens.Min(t => t.Alternatives.Count)} alternatives."),
        };
    }

    private static IReadOnlyList<double?> Steps(string text, IReadOnlyList<TokenLogProbability> tokens, double?[] certainty) => TokenSpans.Begins(text, tokens) is not { } begins ? [] :
    [
        .. SolutionSteps.Of(text).Select(step =>
            certainty.Where((_, i) => begins[i] >= step.Start && begins[i] < step.End).Average() is { } mean ? GroupConfidence.ToScore(mean) : (double?)null),
    ];
}
