namespace Agents.Reasoning.Strategies;

/// <summary>
/// The conversation as it stands, sent as it is; the first reply that states an answer is taken. What a host runs where a model
/// is asked for without a strategy, so that it is metered, limited and journaled like any other run. Not in the catalogue: it
/// adds nothing to the model. Calls: N. Critical path: 1.
/// </summary>
public sealed class AsAskedStrategy : IReasoningStrategy
{
    private readonly int samples;

    /// <summary>Creates the strategy.</summary>
    /// <param name="samples">Replies to draw, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1.</exception>
    public AsAskedStrategy(int samples = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        this.samples = samples;
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("as-asked", "The conversation as it stands, sent to the model as it is.", "N", "1", "baseline");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{samples}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = samples };
        await evidence.DrawAsync(SolutionPrompt.AsAsked, null, samples);
        return evidence.Conclude(evidence.Candidates.FirstOrDefault(c => c.Answer is not null), StopReason.Completed, confidence: null);
    }
}
