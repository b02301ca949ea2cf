namespace Agents.Distillation;

/// <summary>Rejection sampling: keeps traces whose answer is the known right one. Yuan et al. 2023, arXiv:2308.01825.</summary>
public sealed class CorrectStep : PerTraceStep
{
    /// <inheritdoc/>
    public override string Name => "correct";

    /// <inheritdoc/>
    protected override TraceDecision Decide(TrainingQuestion question, Trace trace)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(trace);
        return question.Gold is null ? TraceDecision.Drop(trace, "no right answer known")
            : trace.Answer is null ? TraceDecision.Drop(trace, "no answer") with { IsWrong = true }
            : trace.IsRight switch
            {
                true => TraceDecision.Keep(trace with { VerifiedBy = [.. trace.VerifiedBy, ("checker", 1)] }),
                false => TraceDecision.Drop(trace, "wrong answer") with { IsWrong = true },
                null => TraceDecision.Drop(trace, "equality undecidable"),
            };
    }
}
