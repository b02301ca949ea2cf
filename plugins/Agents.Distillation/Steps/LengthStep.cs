namespace Agents.Distillation;

/// <summary>Keeps traces within lengths, in characters.</summary>
/// <param name="least">The least length.</param>
/// <param name="most">The greatest length.</param>
public sealed class LengthStep(int least = 1, int most = int.MaxValue) : PerTraceStep
{
    private readonly int least = least >= 0 ? least : throw new ArgumentOutOfRangeException(nameof(least), least, "A length is at least 0.");
    private readonly int most = most >= least ? most : throw new ArgumentOutOfRangeException(nameof(most), most, "The greatest length is below the least.");

    /// <inheritdoc/>
    public override string Name => "length";

    /// <inheritdoc/>
    protected override TraceDecision Decide(TrainingQuestion question, Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Text.Length < least ? TraceDecision.Drop(trace, "too short") : trace.Text.Length > most ? TraceDecision.Drop(trace, "too long") : TraceDecision.Keep(trace);
    }
}
