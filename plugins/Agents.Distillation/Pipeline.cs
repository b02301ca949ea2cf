namespace Agents.Distillation;

/// <summary>The steps of a recipe over the traces of a question, and their counts. Questions may be given in any order; the counts do not depend on it.</summary>
/// <param name="steps">The steps in order.</param>
public sealed class Pipeline(IReadOnlyList<IDistillationStep> steps)
{
    private readonly Counts[] counts = [.. steps.Select(s => new Counts(s.Name))];

    /// <summary>What the steps did so far.</summary>
    public IReadOnlyList<StepReport> Reports => [.. counts.Select((c, i) => steps[i] is ICountingStep counting ? c.Report() with { Figures = counting.Figures } : c.Report())];

    /// <summary>Takes a question through the steps.</summary>
    /// <returns>The question with the traces that are left, and the wrong ones beside them.</returns>
    public async Task<TrainingQuestion> RunAsync(TrainingQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        TrainingQuestion left = question;
        for (int i = 0; i < steps.Count; i++)
        {
            IReadOnlyList<TraceDecision> decisions = await steps[i].DecideAsync(left, cancellationToken).ConfigureAwait(false);
            if (decisions.Count != left.Traces.Count)
                throw new InvalidOperationException($"The step '{steps[i].Name}' decided on {decisions.Count} of {left.Traces.Count} traces of question '{question.Id}'.");
            counts[i].Add(decisions);
            left = left with
            {
                Traces = [.. decisions.Where(d => d.DroppedFor is null).Select(d => d.Trace)],
                Wrong = [.. left.Wrong, .. decisions.Where(d => d.IsWrong && d.Trace.Answer is not null).Select(d => d.Trace)],
            };
        }

        return left;
    }

    private sealed class Counts(string name)
    {
        private readonly SortedDictionary<string, int> dropped = new(StringComparer.Ordinal);
        private readonly Lock gate = new();
        private int seen, kept, judged, right;

        public void Add(IReadOnlyList<TraceDecision> decisions)
        {
            lock (gate)
            {
                seen += decisions.Count;
                foreach (TraceDecision decision in decisions)
                {
                    if (decision.DroppedFor is { } reason)
                    {
                        dropped[reason] = dropped.GetValueOrDefault(reason) + 1;
                        continue;
                    }

                    kept++;
                    judged += decision.Trace.IsRight is null ? 0 : 1;
                    right += decision.Trace.IsRight == true ? 1 : 0;
                }
            }
        }

        public StepReport Report()
        {
            lock (gate)
                return new StepReport(name, seen, kept, new SortedDictionary<string, int>(dropped, StringComparer.Ordinal), judged, right);
        }
    }
}
