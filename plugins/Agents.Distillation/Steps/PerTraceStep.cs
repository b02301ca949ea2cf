namespace Agents.Distillation;

/// <summary>A step that looks at each trace by itself.</summary>
public abstract class PerTraceStep : IDistillationStep
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TraceDecision>> DecideAsync(TrainingQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        return ValueTask.FromResult<IReadOnlyList<TraceDecision>>([.. question.Traces.Select(trace => Decide(question, trace))]);
    }

    /// <summary>Decides on one trace.</summary>
    protected abstract TraceDecision Decide(TrainingQuestion question, Trace trace);
}
