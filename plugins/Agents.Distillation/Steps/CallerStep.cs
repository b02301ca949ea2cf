namespace Agents.Distillation;

/// <summary>A filter that the caller supplies, for what only the caller can know: personal data, house rules.</summary>
/// <param name="name">Its name in reports.</param>
/// <param name="dropFor">Why a trace goes, or null to keep it.</param>
public sealed class CallerStep(string name, Func<TrainingQuestion, Trace, string?> dropFor) : PerTraceStep
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    protected override TraceDecision Decide(TrainingQuestion question, Trace trace) => new(trace, dropFor(question, trace));
}
