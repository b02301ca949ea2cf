namespace Agents.Distillation;

/// <summary>What a step says of a trace.</summary>
/// <param name="Trace">The trace, perhaps with a score added.</param>
/// <param name="DroppedFor">Why it goes, in a word or two that reports count by; null: it stays.</param>
public readonly record struct TraceDecision(Trace Trace, string? DroppedFor)
{
    /// <summary>True when the trace goes because its answer is wrong: it can serve as the worse side of a pair.</summary>
    public bool IsWrong { get; init; }

    /// <summary>The trace stays.</summary>
    public static TraceDecision Keep(Trace trace) => new(trace, null);

    /// <summary>The trace goes.</summary>
    public static TraceDecision Drop(Trace trace, string reason) => new(trace, reason);
}
