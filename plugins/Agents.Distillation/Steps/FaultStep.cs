using Agents.Rewards;

namespace Agents.Distillation;

/// <summary>Drops traces that a reward function would refuse outright: several answers, empty thinking, an address to the judge.</summary>
/// <param name="faults">The faults that drop a trace.</param>
public sealed class FaultStep(CompletionFaults faults = RewardFunction.Hacking) : PerTraceStep
{
    /// <inheritdoc/>
    public override string Name => "faults";

    /// <inheritdoc/>
    protected override TraceDecision Decide(TrainingQuestion question, Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        CompletionFaults found = new RewardItem(trace.Text).Faults & faults;
        return found == CompletionFaults.None ? TraceDecision.Keep(trace) : TraceDecision.Drop(trace, string.Join(" and ", found.ToString().Split(", ").Select(Words)));
    }

    private static string Words(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
