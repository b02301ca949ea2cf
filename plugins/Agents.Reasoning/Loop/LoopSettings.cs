namespace Agents.Reasoning;

/// <summary>What the loop must know of a run besides its strategy and request. All of it decides what is asked, so hosts keep it with the journal.</summary>
/// <param name="Run">Identity, seed, limits, prices.</param>
/// <param name="StartedAt">The run's start on its clock; kept across resumptions.</param>
public sealed record LoopSettings(RunOptions Run, DateTimeOffset StartedAt)
{
    /// <summary>What the model of a role can do; nothing where the host does not say.</summary>
    public Func<string, SamplerCapabilities> Capabilities { get; init; } = static _ => SamplerCapabilities.None;
}
