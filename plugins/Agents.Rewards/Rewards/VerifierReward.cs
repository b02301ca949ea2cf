using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Rewards;

/// <summary>
/// A verifier's score of the completion, 0–1: any <see cref="IVerifier"/>, so also unit tests, schemas and judges. Abstains where the
/// verifier does. Needs the question.
/// </summary>
/// <param name="verifier">The verifier. One that needs log-probabilities abstains: a completion carries none.</param>
/// <param name="runner">The host, with the models that the verifier asks.</param>
/// <param name="options">Seed and limits of each run; null for the defaults.</param>
public sealed class VerifierReward(IVerifier verifier, ReasoningRunner runner, RunOptions? options = null) : IReward
{
    private readonly JudgeOnce strategy = new(verifier ?? throw new ArgumentNullException(nameof(verifier)));

    /// <inheritdoc/>
    public string Name { get; } = verifier.Name;

    /// <inheritdoc/>
    public async ValueTask<RewardScore> ScoreAsync(RewardItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Question is null)
            return RewardScore.Abstain("the question is not known");
        var request = ReasoningRequest.FromQuestion(item.Question, item.Expected) with { Extractor = new Given(item) };
        RunOptions run = (options ?? new RunOptions()) with { RunId = Guid.NewGuid().ToString("N") };
        ReasoningResult result = await runner.RunAsync(strategy, request, run, cancellationToken: cancellationToken).ConfigureAwait(false);
        Verdict verdict = result.Candidates[0].Verdicts[0];
        return new RewardScore(verdict.Score, verdict.Rationale ?? (verdict.Score is null ? "the verifier abstains" : "the verifier's score"));
    }

    /// <summary>The completion's answer is the one that all rewards see.</summary>
    private sealed class Given(RewardItem item) : IAnswerExtractor
    {
        public string Completion => item.Completion;

        public Answer? Extract(Sample sample, AnswerKind expected) => item.Answer;
    }

    /// <summary>Judges the one candidate that the request brings along.</summary>
    private sealed class JudgeOnce(IVerifier verifier) : IReasoningStrategy
    {
        public StrategyDescription Description { get; } = new("reward", "Judges one given completion.", "V", "V", "none");

        public string Fingerprint { get; } = $"reward/1|{verifier.Fingerprint}";

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            var given = (Given)request.Extractor;
            var sample = new Sample(0, "given", CallOutcome.FromText(given.Completion));
            var candidate = new Candidate(0, sample, given.Extract(sample, request.ExpectedAnswer));
#pragma warning disable CA2007 // A strategy stays on the loop's own context.
            Verdict verdict = await verifier.VerifyAsync(context, request, candidate);
#pragma warning restore CA2007
            candidate = candidate with { Verdicts = [verdict] };
            return new ReasoningResult { Strategy = Description.Name, Answer = candidate.Answer, Selected = candidate, Candidates = [candidate], StopReason = StopReason.Completed };
        }
    }
}
