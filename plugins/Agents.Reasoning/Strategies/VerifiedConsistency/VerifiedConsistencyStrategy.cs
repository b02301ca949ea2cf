using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Adaptive consistency on verifier-weighted votes: sample in stages, have each sample judged as it arrives, and stop when the
/// posterior P(X &gt; ½), X ~ Beta(a + 1, b + 1), of the leading weight a against the runner-up's b is high enough; a vote of
/// score s weighs 2s. Calls: up to N + N·V. Critical path: stages used × (1 + V). The rule is Aggarwal et al. 2023,
/// arXiv:2305.11860; the weighted vote is Li et al. 2023, arXiv:2206.02336.
/// </summary>
/// <remarks>
/// <para>A verifier calibrated at prior ½ that knows nothing says ½, and the vote weighs 1: this is then adaptive consistency
/// exactly, and so it is without a verifier. An abstention weighs 1 as well.</para>
/// <para>The rule looks at whole stages. A stage is left early only when nothing open can change what the rule will say: open
/// samples and verdicts count with the greatest weight, 2, for the runner-up, and open verdicts with none for the leader. Once
/// true that stays true, so the answer is the same in every host and order. How many verdicts had been asked for by then is not.</para>
/// </remarks>
public sealed class VerifiedConsistencyStrategy : IReasoningStrategy
{
    private readonly VerifiedConsistencyOptions options;
    private readonly SolutionPrompt prompt;
    private readonly IReadOnlyList<int> stages;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public VerifiedConsistencyStrategy(VerifiedConsistencyOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxSamples, 1, "MaxSamples");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MinSamples, 1, "MinSamples");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(this.options.Threshold, 0.5, "Threshold");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(this.options.Threshold, 1, "Threshold");
        ArgumentOutOfRangeException.ThrowIfZero(this.options.Schedule.Count, "Schedule");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Schedule.Min(), 1, "Schedule");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot();
        stages = this.options.Stages;
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("verified-consistency", "Sample and verify in stages; stop when the score-weighted vote is settled.", "≤ N + N·V", "≤ stages·(1 + V)", "Aggarwal et al. 2023, arXiv:2305.11860; Li et al. 2023, arXiv:2206.02336");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{string.Join('-', stages)}|{options.MinSamples}|{options.Threshold}|{options.Temperature}|{prompt.Fingerprint}|{options.Verifier?.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.MaxSamples };
        var sampling = new VerifiedSampling(context, request, evidence, ExactFirst.Of(request, options.Verifier));
        var messages = prompt.Render(request);
        SampleOptions solution = prompt.Options(request, options.Temperature);
        int planned = 0;
        for (int stage = 0; stage < stages.Count; stage++)
        {
            bool isLast = stage == stages.Count - 1;
            planned += stages[stage];
            context.Report(new StageStarted($"sample and judge {stage + 1}", stages[stage]));
            await foreach (Candidate _ in sampling.DrawAsync(messages, solution, stages[stage]))
            {
                if (!IsComplete(evidence, sampling, planned, isLast) && IsSettled(evidence, sampling, planned, isLast))
                    return Conclude(evidence, sampling, StopReason.Consensus);
            }

            if (context.Budget.Reached is not null)
                break;
        }

        return Conclude(evidence, sampling, StopReason.Completed);
    }

    /// <summary>The weight of a candidate's vote: 2s, and 1 without a score.</summary>
    internal static double Weight(Candidate candidate) => 2 * VerdictScore.OrPrior(candidate);

    // After the last sample and verdict of all there is nothing left to stop.
    private static bool IsComplete(Evidence evidence, VerifiedSampling sampling, int planned, bool isLast) =>
        isLast && evidence.Count == planned && !evidence.Candidates.Any(sampling.IsOpen);

    /// <summary>
    /// True when the stage's end is sure to find the vote settled. After the last stage the vote is taken as it stands, so there
    /// it is enough that nobody can catch up.
    /// </summary>
    private bool IsSettled(Evidence evidence, VerifiedSampling sampling, int planned, bool isLast) =>
        WeightedStop.Of(evidence, sampling.IsOpen, planned - evidence.Count) is { } stop
        && (stop.IsSettled(options.Threshold, options.MinSamples) || (isLast && stop.IsDecided));

    private static ReasoningResult Conclude(Evidence evidence, VerifiedSampling sampling, StopReason reason)
    {
        if (sampling.IsJudged)
            sampling.NoteAbstentions();
        VoteTally votes = evidence.WeightedVotes(Weight);
        double? posterior = votes.Leader is { } leader ? BetaPosterior.LeaderIsAhead(leader.Weight, votes.Classes.Count > 1 ? votes.Classes[1].Weight : 0) : null;
        return evidence.Conclude(evidence.FirstOf(votes.Leader), reason, posterior, votes);
    }
}
