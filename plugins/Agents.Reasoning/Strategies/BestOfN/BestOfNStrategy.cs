using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Best of N: sample N solutions, have a verifier score each as it arrives, and choose by the scores. Calls: N + N·V for a verifier
/// of V calls. Critical path: 1 + V's. Cobbe et al. 2021, arXiv:2110.14168; the weighted vote is Li et al. 2023, arXiv:2206.02336.
/// </summary>
/// <remarks>
/// The default is the vote weighted by score, not the highest score: a verifier's mistakes are shared by the samples that state
/// the same answer, and the highest score then falls with N (see the selection bench). An abstention counts as the prior ½, so
/// a verifier that says nothing leaves the plurality. Ties go to the first seen.
/// </remarks>
public sealed class BestOfNStrategy : IReasoningStrategy
{
    private readonly BestOfNOptions options;
    private readonly SolutionPrompt prompt;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public BestOfNStrategy(BestOfNOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Samples, 1, "Samples");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Temperature, "Temperature");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot();
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("best-of-n", "Sample many solutions, score each with a verifier, take the answer with the most score.", "N + N·V", "1 + V", "Cobbe et al. 2021, arXiv:2110.14168; Li et al. 2023, arXiv:2206.02336");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/2|{options.Samples}|{options.Selection}|{options.Temperature}|{prompt.Fingerprint}|{options.Verifier?.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.Samples };
        var sampling = new VerifiedSampling(context, request, evidence, ExactFirst.Of(request, options.Verifier));
        context.Report(new StageStarted("sample and judge", options.Samples));
        await foreach (Candidate _ in sampling.DrawAsync(prompt.Render(request), prompt.Options(request, options.Temperature), options.Samples))
        {
            // Nothing to decide before all are in.
        }

        sampling.NoteAbstentions();
        VoteTally votes = evidence.WeightedVotes(VerdictScore.OrPrior);
        return options.Selection == BestOfNSelection.Highest && Highest(evidence) is { } best
            ? evidence.Conclude(best, StopReason.Completed, VerdictScore.Of(best), votes)
            : evidence.Conclude(evidence.FirstOf(votes.Leader), StopReason.Completed, votes.LeaderShare, votes);
    }

    /// <summary>The candidate of the highest score, ties to the first seen; null when nobody was scored. An abstention is no score: it cannot win by standing for one.</summary>
    private static Candidate? Highest(Evidence evidence) =>
        evidence.Candidates.Where(c => c.Answer is not null && VerdictScore.Of(c) is not null).MaxBy(c => VerdictScore.Of(c));
}
