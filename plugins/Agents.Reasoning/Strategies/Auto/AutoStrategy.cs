namespace Agents.Reasoning.Strategies;

/// <summary>
/// The controller: spends where it pays. A first round of parallel samples; an exact checker of the caller's ends the run when
/// it accepts one. The vote, weighted by the verifier, is tested after each round and stops the run when it is settled. From
/// eight samples on the way on depends on how the answers lie: split, more votes; scattered, a search over steps where the
/// verifier has shown that it can steer one, else a stronger model, else more votes or, if so asked, no answer.
/// Calls: up to N + N·V samples, or fewer and a search. Critical path: rounds used × (1 + V) and that of the search.
/// The stop test is Aggarwal et al. 2023, arXiv:2305.11860, on the weighted vote of Li et al. 2023, arXiv:2206.02336; choosing
/// by difficulty is Snell et al. 2024, arXiv:2408.03314.
/// </summary>
/// <remarks>
/// <para>What it decides and why is reported as <see cref="DecisionTaken"/> and stands in <see cref="ReasoningResult.Stages"/>.
/// It reads its budget before each round: a round that does not fit is cut to what does. Aims for tokens and cost are planned
/// with the mean of the samples drawn so far.</para>
/// <para>Decisions are taken on whole rounds, so the answer is the same in every host and order. A round is left early only when
/// nothing open can change what its end will say.</para>
/// </remarks>
public sealed class AutoStrategy : IReasoningStrategy
{
    private readonly AutoOptions options;
    private readonly PromptCatalogue? prompts;
    private readonly SolutionPrompt prompt;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts of the search; null for the shipped ones.</param>
    /// <exception cref="ArgumentException">An option is out of range, or names nothing.</exception>
    public AutoStrategy(AutoOptions? options = null, PromptCatalogue? prompts = null)
    {
        AutoOptions o = this.options = options ?? new();
        this.prompts = prompts;
        ArgumentOutOfRangeException.ThrowIfLessThan(o.MaxSamples, 1, "MaxSamples");
        ArgumentOutOfRangeException.ThrowIfLessThan(o.MinSamples, 1, "MinSamples");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(o.Confidence, 0.5, "Confidence");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(o.Confidence, 1, "Confidence");
        ArgumentOutOfRangeException.ThrowIfLessThan(o.TargetTokens ?? 1, 1, "TargetTokens");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(o.TargetCost ?? 1, "TargetCost");
        ArgumentOutOfRangeException.ThrowIfZero(o.Schedule.Count, "Schedule");
        ArgumentOutOfRangeException.ThrowIfLessThan(o.Schedule.Min(), 1, "Schedule");
        ArgumentOutOfRangeException.ThrowIfLessThan(o.RouteAt, 1, "RouteAt");
        ArgumentOutOfRangeException.ThrowIfNegative(o.ScatteredBelow, "ScatteredBelow");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(o.ScatteredBelow, 1, "ScatteredBelow");
        ArgumentOutOfRangeException.ThrowIfLessThan(o.Beams, 1, "Beams");
        ArgumentOutOfRangeException.ThrowIfLessThan(o.Width, 1, "Width");
        ArgumentOutOfRangeException.ThrowIfLessThan(o.ExpertSamples, 1, "ExpertSamples");
        ArgumentOutOfRangeException.ThrowIfNegative(o.Temperature, "Temperature");
        if (!AutoSearch.Names.Contains(o.Search, StringComparer.Ordinal))
            throw new ArgumentException($"Search: '{o.Search}' is none of {string.Join(", ", AutoSearch.Names)}.", nameof(options));
        if (o.Expert is { } expert && !Roles.IsName(expert))
            throw new ArgumentException($"Expert: '{expert}' is no role's name.", nameof(options));
        prompt = o.Prompt ?? SolutionPrompt.ZeroShot();
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("auto", "Sample, verify, stop when settled; where answers are scattered, search over steps or ask a stronger model.", "≤ N + N·V", "rounds·(1 + V) + search", "Aggarwal et al. 2023, arXiv:2305.11860; Snell et al. 2024, arXiv:2408.03314");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{string.Join('-', options.Rounds)}|{options.MinSamples}|{options.Confidence}|{options.TargetTokens}|{options.TargetCost}|{options.RouteAt}|{options.ScatteredBelow}|{options.Search}|{options.Beams}|{options.Width}|{options.Expert}|{options.ExpertSamples}|{options.Abstains}|{options.Temperature}|{prompt.Fingerprint}|{AutoSearch.PromptsFingerprint(prompts)}|{options.Verifier?.Fingerprint}");

    /// <inheritdoc/>
    public Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request) =>
        new AutoRun(options, prompt, prompts, context, request).RunAsync();
}
