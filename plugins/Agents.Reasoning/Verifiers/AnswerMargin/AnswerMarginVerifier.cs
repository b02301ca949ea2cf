namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Scores a solution by how far the model preferred the tokens of its answer to the next likely ones: the mean of
/// P(first) − P(second) over the answer's tokens. Wang and Zhou 2024, arXiv:2402.10200. Calls: 0. Without log-probabilities of
/// two alternatives it abstains. The score ranks; it is no probability of being right, and at a high temperature it says more
/// about the token that could have been than about the one that was drawn.
/// </summary>
public sealed class AnswerMarginVerifier : IVerifier
{
    /// <inheritdoc/>
    public string Name => "answer-margin";

    /// <inheritdoc/>
    public string Fingerprint => "answer-margin/1";

    /// <inheritdoc/>
    public EvidenceNeed LogProbabilities => EvidenceNeed.Required;

    /// <inheritdoc/>
    public int Alternatives => AnswerMargin.Alternatives;

    /// <inheritdoc/>
    public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => Task.FromResult(
        candidate.Answer is not { } answer ? Verdict.Abstain(Name, "The candidate states no answer.")
        : AnswerMargin.Of(candidate.Sample.Text, candidate.Sample.Outcome.LogProbabilities, answer, request.ExpectedAnswer) is { } margin ? new Verdict(Name, margin)
        : Verdict.Abstain(Name, "The tokens of the answer, with two alternatives each, cannot be told."));
}
