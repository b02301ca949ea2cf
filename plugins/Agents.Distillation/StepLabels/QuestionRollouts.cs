namespace Agents.Distillation;

/// <summary>The completions of one question's traces: each prefix once, however many traces begin with it. Used by one caller at a time.</summary>
/// <param name="rollouts">Asks the model.</param>
/// <param name="question">The question.</param>
internal sealed class QuestionRollouts(StepRollouts rollouts, TrainingQuestion question)
{
    private readonly Dictionary<string, PrefixValue> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> ofRight = new(StringComparer.Ordinal);
    private readonly HashSet<string> ofWrong = new(StringComparer.Ordinal);

    /// <summary>Prefixes that were completed.</summary>
    public int Asked => known.Count;

    /// <summary>Prefixes that there are.</summary>
    public int Prefixes => ofRight.Union(ofWrong, StringComparer.Ordinal).Count();

    /// <summary>Those of wrong traces.</summary>
    public int PrefixesOfWrong => ofWrong.Count;

    /// <summary>Counts the prefixes of a trace.</summary>
    public void Count(Trace trace, IReadOnlyList<TraceSpan> spans) =>
        (trace.IsRight == true ? ofRight : ofWrong).UnionWith(spans.Where(s => !IsWhole(trace, s)).Select(s => trace.Text[..s.End]));

    /// <summary>What completions of a trace after one of its steps come to.</summary>
    public async Task<PrefixValue> AfterAsync(Trace trace, IReadOnlyList<TraceSpan> spans, int last, CancellationToken cancellationToken)
    {
        // After the whole text nothing is left to complete: its own answer decides.
        if (IsWhole(trace, spans[last]))
            return new PrefixValue(trace.IsRight == true ? 1 : 0, 1, null);
        string prefix = trace.Text[..spans[last].End];
        if (!known.TryGetValue(prefix, out PrefixValue value))
            known.Add(prefix, value = await rollouts.FromAsync(question, trace.Text, spans, last, cancellationToken).ConfigureAwait(false));
        return value;
    }

    private static bool IsWhole(Trace trace, TraceSpan span) => string.IsNullOrWhiteSpace(trace.Text[span.End..]);
}
