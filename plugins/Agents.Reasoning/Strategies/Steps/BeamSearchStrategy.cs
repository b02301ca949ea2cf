using Agents.Search.Beam;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Beam search over steps: sample N next steps, keep the N/M whose paths score best, go on from those. Calls: at most N·T for
/// steps and N·T·V to judge them. Critical path: T·(1 + V's). Snell et al. 2024, arXiv:2408.03314.
/// </summary>
/// <remarks>Completed beams are set aside and compete in the final choice. A step equal to its sibling is not judged twice. A verifier whose errors persist along a branch is better served by <see cref="DvtsStrategy"/>.</remarks>
public sealed class BeamSearchStrategy : StepSearchStrategy
{
    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults: 16 beams, 40 steps.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public BeamSearchStrategy(StepSearchOptions? options = null, PromptCatalogue? prompts = null)
        : base(About, options ?? new(), prompts, o => new BeamSearch(new() { Beams = o.Samples ?? 16, Width = o.Width, MaxSteps = o.MaxSteps ?? 40, Aggregation = Aggregation(o) }))
    {
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("beam-search", "Sample next steps, keep the paths that a step verifier scores best, go on from those.", "≤ N·T·(1 + V)", "≤ T·(1 + V)", "Snell et al. 2024, arXiv:2408.03314");
}
