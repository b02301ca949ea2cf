using Agents.Search.Particles;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Particle filtering over steps: N solutions take one step each, are drawn anew by the odds of their scores, and go on; finished
/// ones keep competing. Calls: at most N·T for steps and N·T·V to judge them. Critical path: T·(1 + V's). Puri et al. 2025,
/// arXiv:2502.01618.
/// </summary>
public sealed class ParticlesStrategy : StepSearchStrategy
{
    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults: 16 particles, 40 steps.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public ParticlesStrategy(StepSearchOptions? options = null, PromptCatalogue? prompts = null)
        : base(About, options ?? new(), prompts, o => new ParticleSearch(new() { Particles = o.Samples ?? 16, MaxSteps = o.MaxSteps ?? 40, Aggregation = Aggregation(o) }))
    {
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("particles", "Solutions take a step each and are drawn anew by their scores, as in a particle filter.", "≤ N·T·(1 + V)", "≤ T·(1 + V)", "Puri et al. 2025, arXiv:2502.01618");
}
