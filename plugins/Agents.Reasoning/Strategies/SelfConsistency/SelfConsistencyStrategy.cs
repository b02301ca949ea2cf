namespace Agents.Reasoning.Strategies;

/// <summary>
/// Self-consistency: sample many solutions and take the plurality of their answers by equivalence, ties to the first seen.
/// Calls: N. Critical path: 1. Wang et al. 2022, arXiv:2203.11171. The majority falls with N where a wrong answer is the mode.
/// </summary>
public sealed class SelfConsistencyStrategy : IReasoningStrategy
{
    private readonly SelfConsistencyOptions options;
    private readonly SolutionPrompt prompt;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public SelfConsistencyStrategy(SelfConsistencyOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Samples, 1, "Samples");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Temperature, "Temperature");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot();
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("self-consistency", "Sample many solutions, take the plurality of their answers.", "N", "1", "Wang et al. 2022, arXiv:2203.11171");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{options.Samples}|{options.Temperature}|{prompt.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.Samples };
        await evidence.DrawAsync(prompt, options.Temperature, options.Samples);
        return evidence.ConcludeByVote(StopReason.Completed);
    }
}
