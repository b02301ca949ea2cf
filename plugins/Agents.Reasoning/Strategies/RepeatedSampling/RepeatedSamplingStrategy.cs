namespace Agents.Reasoning.Strategies;

/// <summary>
/// Repeated sampling: draw N solutions; with an exact checker the first that passes is the answer (coverage becomes accuracy),
/// without one the plurality. Calls: N. Critical path: 1. Brown et al. 2024, arXiv:2407.21787. Coverage at every k ≤ N follows from
/// one run by the unbiased pass@k (Chen et al. 2021, arXiv:2107.03374); evaluation reports it with the fit exp(a·k^b).
/// </summary>
public sealed class RepeatedSamplingStrategy : IReasoningStrategy
{
    private readonly RepeatedSamplingOptions options;
    private readonly SolutionPrompt prompt;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public RepeatedSamplingStrategy(RepeatedSamplingOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Samples, 1, "Samples");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot();
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("repeated-sampling", "Draw many solutions; an exact checker picks one that passes, else the plurality decides.", "N", "1", "Brown et al. 2024, arXiv:2407.21787");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{options.Samples}|{options.Temperature}|{prompt.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.Samples };
        await evidence.DrawAsync(prompt, options.Temperature, options.Samples);
        if (request.Checker is not { } checker)
            return evidence.ConcludeByVote(StopReason.Completed);

        Candidate? passed = evidence.Candidates.FirstOrDefault(c => c.Answer is { } answer && checker.Check(request, answer) == true);
        if (passed is not null)
            return evidence.Conclude(passed, StopReason.Verified, confidence: 1);
        evidence.Note("No sample passed the checker; the answer is the plurality, which the checker did not accept.");
        return evidence.ConcludeByVote(StopReason.Completed, confidence: 0);
    }
}
