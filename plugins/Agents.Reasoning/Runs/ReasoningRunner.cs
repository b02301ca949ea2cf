namespace Agents.Reasoning;

/// <summary>Runs strategies in this process.</summary>
/// <param name="models">Which model plays which role.</param>
/// <param name="journals">Where runs are journaled; null to run without a journal.</param>
/// <param name="samples">Where samples are kept across runs; null to keep none.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class ReasoningRunner(ReasoningModels models, IJournalStore? journals = null, ISampleStore? samples = null, TimeProvider? time = null)
{
    /// <summary>Runs a strategy, resuming where the run's journal ends.</summary>
    public Task<ReasoningResult> RunAsync(IReasoningStrategy strategy, ReasoningRequest request, RunOptions? options = null, Action<ReasoningEvent>? observer = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{models}{journals}{samples}{time}{strategy}{request}{options}{observer}{cancellationToken}");
}
