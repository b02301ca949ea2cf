namespace Agents.Distillation;

/// <summary>One step from raw traces to training data: says of every trace of a question whether it stays. Usable alone. Deterministic unless it asks a model.</summary>
public interface IDistillationStep
{
    /// <summary>Its name, as it stands in reports.</summary>
    string Name { get; }

    /// <summary>Decides on the traces of a question.</summary>
    /// <returns>One decision for each trace, in order.</returns>
    ValueTask<IReadOnlyList<TraceDecision>> DecideAsync(TrainingQuestion question, CancellationToken cancellationToken = default);
}
