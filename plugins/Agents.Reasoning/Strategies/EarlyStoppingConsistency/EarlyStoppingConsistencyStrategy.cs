using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Early-stopping self-consistency: sample window after window and stop after the first whose samples all state the same answer;
/// the vote is over everything drawn. Calls: up to N by windows; expected w·[Σ_{i=0}^{L/w−2} q(1−q)^i(i+1) + (1−q)^{L/w−1}·L/w] with
/// q = Σ p_a^w. Critical path: windows used. Li et al. 2024, arXiv:2401.10480. Wrong stop ≤ (L/w)·Σ_{a≠mode} p_a^w.
/// </summary>
public sealed class EarlyStoppingConsistencyStrategy : IReasoningStrategy
{
    private readonly EarlyStoppingConsistencyOptions options;
    private readonly SolutionPrompt prompt;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public EarlyStoppingConsistencyStrategy(EarlyStoppingConsistencyOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Window, 1, "Window");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxSamples, 1, "MaxSamples");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot();
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("early-stopping-consistency", "Sample in windows; stop after the first unanimous one, vote over everything drawn.", "≤ N", "≤ N/w", "Li et al. 2024, arXiv:2401.10480");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{options.Window}|{options.MaxSamples}|{options.Temperature}|{prompt.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.MaxSamples };
        var messages = prompt.Render(request);
        SampleOptions sampling = prompt.Options(request, options.Temperature);
        for (int drawn = 0; drawn < options.MaxSamples; drawn += options.Window)
        {
            int size = Math.Min(options.Window, options.MaxSamples - drawn);
            context.Report(new StageStarted($"window {drawn / options.Window + 1}", size));
            var window = new List<Candidate>();
            await foreach (Sample sample in context.SampleAsync(Roles.Solver, messages, sampling, size))
                window.Add(evidence.Add(sample));
            bool isLast = drawn + size >= options.MaxSamples;
            if (!isLast && size == options.Window && IsUnanimous(window, request.Equivalence))
                return evidence.ConcludeByVote(StopReason.Consensus);
            if (context.Budget.Reached is not null)
                break;
        }

        return evidence.ConcludeByVote(StopReason.Completed);
    }

    // An abstention or a failed sample is not agreement.
    private static bool IsUnanimous(List<Candidate> window, AnswerEquivalence equivalence) =>
        VoteTally.Count(window.Select(c => new Ballot(c.Index, c.Answer)), equivalence) is { Abstentions: 0, Classes.Count: 1 };
}
