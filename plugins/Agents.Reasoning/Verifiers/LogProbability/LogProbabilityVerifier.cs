using System.Globalization;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Scores a solution by how probable it was to the model that wrote it: exp of the mean of its tokens' log-probabilities, or of
/// their sum. Steps, marked or by lines, are scored by the mean over their own tokens. Calls: 0. Without log-probabilities it
/// abstains. The score ranks samples of one problem; it is no probability of being right (Kadavath et al. 2022,
/// arXiv:2207.05221), so calibrate it before comparing it with a threshold.
/// </summary>
/// <param name="measure">Which probability is the score.</param>
public sealed class LogProbabilityVerifier(LogProbabilityMeasure measure = LogProbabilityMeasure.TokenMean) : IStepVerifier
{
    /// <inheritdoc/>
    public string Name => "log-probability";

    /// <inheritdoc/>
    public string Fingerprint { get; } = $"log-probability/1|{measure}";

    /// <inheritdoc/>
    public EvidenceNeed LogProbabilities => EvidenceNeed.Required;

    /// <inheritdoc/>
    public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => Task.FromResult(Score(candidate.Sample.Outcome));

    /// <summary>Scores the last step alone, by the tokens of the call that wrote it.</summary>
    public Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution) => Task.FromResult(Score(solution.Last.Outcome));

    private Verdict Score(CallOutcome outcome)
    {
        IReadOnlyList<TokenLogProbability> tokens = outcome.LogProbabilities;
        if (tokens.Count == 0)
            return Verdict.Abstain(Name, "The sample has no token log-probabilities.");
        if (tokens.Any(t => double.IsNaN(t.LogProbability) || t.LogProbability > 0))
            return Verdict.Abstain(Name, "A token's log-probability is above 0 or no number.");
        double sum = tokens.Sum(t => t.LogProbability);
        return new Verdict(Name, Math.Exp(measure == LogProbabilityMeasure.Sequence ? sum : sum / tokens.Count))
        {
            Steps = Steps(outcome.Text ?? "", tokens),
            Rationale = string.Create(CultureInfo.InvariantCulture, $"{tokens.Count} tokens of mean log-probability {sum / tokens.Count:0.###}; the least probable is '{tokens.MinBy(t => t.LogProbability)!.Token}'."),
        };
    }

    /// <summary>The mean over the tokens that begin in each step; none where the tokens are not the text, as with some servers.</summary>
    private static IReadOnlyList<double?> Steps(string text, IReadOnlyList<TokenLogProbability> tokens)
    {
        if (TokenSpans.Begins(text, tokens) is not { } begins)
            return [];
        return
        [
            .. SolutionSteps.Of(text).Select(step =>
            {
                double[] inside = [.. Enumerable.Range(0, tokens.Count).Where(i => begins[i] >= step.Start && begins[i] < step.End).Select(i => tokens[i].LogProbability)];
                return inside.Length == 0 ? (double?)null : Math.Exp(inside.Average());
            }),
        ];
    }
}
