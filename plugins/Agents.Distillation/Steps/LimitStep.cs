namespace Agents.Distillation;

/// <summary>Keeps at most so many traces a question, so that easy questions do not fill the set.</summary>
/// <param name="most">The most traces, at least 1.</param>
/// <param name="order">Which.</param>
public sealed class LimitStep(int most, LimitOrder order = LimitOrder.First) : IDistillationStep
{
    private readonly int most = most >= 1 ? most : throw new ArgumentOutOfRangeException(nameof(most), most, "At least one trace must stay.");

    /// <inheritdoc/>
    public string Name => "limit";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TraceDecision>> DecideAsync(TrainingQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        IEnumerable<int> ranked = Enumerable.Range(0, question.Traces.Count);
        ranked = order switch
        {
            LimitOrder.First => ranked,
            LimitOrder.Shortest => ranked.OrderBy(i => question.Traces[i].Text.Length).ThenBy(i => i),
            LimitOrder.Longest => ranked.OrderByDescending(i => question.Traces[i].Text.Length).ThenBy(i => i),
            _ => throw new ArgumentOutOfRangeException(nameof(question), order, "There is no such order."),
        };
        var kept = new HashSet<int>(ranked.Take(most));
        return ValueTask.FromResult<IReadOnlyList<TraceDecision>>([.. question.Traces.Select((trace, i) => kept.Contains(i) ? TraceDecision.Keep(trace) : TraceDecision.Drop(trace, "over the limit"))]);
    }
}

/// <summary>Which traces a <see cref="LimitStep"/> keeps.</summary>
public enum LimitOrder
{
    /// <summary>The first sampled.</summary>
    First,

    /// <summary>The shortest.</summary>
    Shortest,

    /// <summary>The longest.</summary>
    Longest,
}
