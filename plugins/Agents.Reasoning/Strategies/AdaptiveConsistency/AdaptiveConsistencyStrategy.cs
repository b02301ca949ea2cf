using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Adaptive consistency: sample in stages and stop when the leader's posterior against the runner-up is high enough.
/// Calls: up to N, by stages. Critical path: stages used. Aggarwal et al. 2023, arXiv:2305.11860, with stages instead of single
/// samples.
/// </summary>
/// <remarks>
/// The published rule looks after every sample, so its answer depends on the order of arrival. Here it is applied to whole
/// stages, and a stage is left early only when the rest of it cannot change what the rule will say: every open sample is counted
/// for the runner-up. That condition, once true, stays true, so the answer is the same in every host and order; how many samples
/// were seen when it became true is not.
/// </remarks>
public sealed class AdaptiveConsistencyStrategy : IReasoningStrategy
{
    private readonly AdaptiveConsistencyOptions options;
    private readonly SolutionPrompt prompt;
    private readonly IReadOnlyList<int> stages;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public AdaptiveConsistencyStrategy(AdaptiveConsistencyOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxSamples, 1, "MaxSamples");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(this.options.Threshold, 0.5, "Threshold");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(this.options.Threshold, 1, "Threshold");
        ArgumentOutOfRangeException.ThrowIfZero(this.options.Schedule.Count, "Schedule");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Schedule.Min(), 1, "Schedule");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot();
        stages = this.options.Stages;
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("adaptive-consistency", "Sample in stages; stop when the posterior that the leader is ahead is high enough.", "≤ N", "≤ stages", "Aggarwal et al. 2023, arXiv:2305.11860");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{string.Join('-', stages)}|{options.Threshold}|{options.Temperature}|{prompt.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.MaxSamples };
        var messages = prompt.Render(request);
        SampleOptions sampling = prompt.Options(request, options.Temperature);
        for (int stage = 0; stage < stages.Count; stage++)
        {
            bool isLast = stage == stages.Count - 1;
            int open = stages[stage];
            context.Report(new StageStarted($"sample {stage + 1}", open));
            await foreach (Sample sample in context.SampleAsync(Roles.Solver, messages, sampling, open))
            {
                evidence.Add(sample);
                open--;
                // On the last sample of all there is nothing left to stop.
                if (!(isLast && open == 0) && IsSettled(evidence.Votes, open, isLast))
                    return evidence.ConcludeByVote(StopReason.Consensus, Posterior(evidence.Votes));
            }

            if (context.Budget.Reached is not null)
                break;
        }

        return evidence.ConcludeByVote(StopReason.Completed, Posterior(evidence.Votes));
    }

    /// <summary>
    /// True when the stage's end is sure to find the vote settled whatever the open samples say. After the last stage the vote is
    /// taken as it stands, so there it is enough that nobody can catch up.
    /// </summary>
    private bool IsSettled(VoteTally votes, int open, bool isLast)
    {
        if (votes.Leader is not { } leader)
            return false;
        int runnerUp = RunnerUp(votes) + open;
        return BetaPosterior.LeaderIsAhead(leader.Count, runnerUp) >= options.Threshold || (isLast && leader.Count > runnerUp);
    }

    private static double? Posterior(VoteTally votes) =>
        votes.Leader is { } leader ? BetaPosterior.LeaderIsAhead(leader.Count, RunnerUp(votes)) : null;

    private static int RunnerUp(VoteTally votes) => votes.Classes.Count > 1 ? votes.Classes[1].Count : 0;
}
