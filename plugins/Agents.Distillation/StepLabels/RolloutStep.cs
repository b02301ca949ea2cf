namespace Agents.Distillation;

/// <summary>
/// Labels the steps of traces by completions from their prefixes. With <see cref="RolloutSearch.Every"/> from each prefix: the hard label
/// is whether any completion is right, the soft one the share (Math-Shepherd, arXiv:2312.08935). With <see cref="RolloutSearch.Binary"/> the
/// first error of a wrong trace is found by bisection (OmegaPRM, arXiv:2406.06592), which assumes that no right answer follows an
/// error; the steps of right traces are right. Stands before the step that drops wrong traces. Drops only what cannot be labelled.
/// Calls: N a prefix for every one of k prefixes, or N·⌈log₂ k⌉ a wrong trace.
/// </summary>
public sealed class RolloutStep : IDistillationStep, ICountingStep
{
    private readonly TeacherModel teacher;
    private readonly int completions;
    private readonly RolloutSearch search;
    private readonly StepAgreement agreement = new();
    private int labelled, steps, prefixes, prefixesOfWrong, asked;

    /// <summary>A step.</summary>
    /// <param name="teacher">The model that completes.</param>
    /// <param name="completions">Completions a prefix (N), at least 1; Math-Shepherd: 8.</param>
    /// <param name="search">Which prefixes are completed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public RolloutStep(TeacherModel teacher, int completions = 8, RolloutSearch search = RolloutSearch.Every)
    {
        this.teacher = teacher ?? throw new ArgumentNullException(nameof(teacher));
        ArgumentOutOfRangeException.ThrowIfLessThan(completions, 1);
        this.completions = completions;
        this.search = search;
    }

    /// <inheritdoc/>
    public string Name => "step labels by rollouts";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Figures
    {
        get
        {
            var figures = new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                ["traces labelled"] = labelled,
                ["steps labelled"] = steps,
                ["completions"] = (double)asked * completions,
                ["completions for every prefix"] = (double)prefixes * completions,
                ["completions for every prefix of wrong traces"] = (double)prefixesOfWrong * completions,
            };
            agreement.AddTo(figures);
            return figures;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TraceDecision>> DecideAsync(TrainingQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        // Traces of one question share beginnings: each prefix is completed once.
        var known = new Dictionary<string, (int Right, int Of, string? RightNext)>(StringComparer.Ordinal);
        HashSet<string> ofRight = new(StringComparer.Ordinal), ofWrong = new(StringComparer.Ordinal);
        var decisions = new List<TraceDecision>(question.Traces.Count);
        foreach (Trace trace in question.Traces)
        {
            IReadOnlyList<TraceSpan> spans = TraceSpan.Of(trace.Text);
            if (question.Gold is null || trace.IsRight is null)
            {
                decisions.Add(TraceDecision.Drop(trace, "no right answer known"));
                continue;
            }

            if (spans.Count == 0)
            {
                decisions.Add(TraceDecision.Drop(trace, "no steps"));
                continue;
            }

            (trace.IsRight == true ? ofRight : ofWrong).UnionWith(spans.Where(s => !IsWhole(trace, s)).Select(s => trace.Text[..s.End]));
            IReadOnlyList<StepEvidence>? evidence = await LabelAsync(i => AtAsync(i), trace, spans).ConfigureAwait(false);
            if (evidence is null)
            {
                decisions.Add(TraceDecision.Drop(trace, "completions failed"));
                continue;
            }

            Interlocked.Increment(ref labelled);
            Interlocked.Add(ref steps, evidence.Count);
            agreement.Add(evidence, [.. spans.Select(s => s.Text)], trace.IsRight == true);
            decisions.Add(TraceDecision.Keep(trace with { Steps = evidence }));

            async Task<(int Right, int Of, string? RightNext)> AtAsync(int last)
            {
                // After the whole text nothing is left to complete: its own answer decides.
                if (IsWhole(trace, spans[last]))
                    return (trace.IsRight == true ? 1 : 0, 1, null);
                string prefix = trace.Text[..spans[last].End];
                if (!known.TryGetValue(prefix, out (int, int, string?) found))
                {
                    known.Add(prefix, found = await new StepRollouts(teacher, completions).FromAsync(question, trace.Text, spans, last, cancellationToken).ConfigureAwait(false));
                    Interlocked.Increment(ref asked);
                }

                return found;
            }
        }

        Interlocked.Add(ref prefixesOfWrong, ofWrong.Count);
        Interlocked.Add(ref prefixes, ofRight.Union(ofWrong, StringComparer.Ordinal).Count());
        return decisions;
    }

    private static bool IsWhole(Trace trace, TraceSpan span) => string.IsNullOrWhiteSpace(trace.Text[span.End..]);

    private Task<IReadOnlyList<StepEvidence>?> LabelAsync(Func<int, Task<(int Right, int Of, string? RightNext)>> at, Trace trace, IReadOnlyList<TraceSpan> spans) =>
        search == RolloutSearch.Every ? EveryAsync(at, trace, spans)
        : trace.IsRight == true ? Task.FromResult<IReadOnlyList<StepEvidence>?>([.. spans.Select((_, i) => Evidence(trace, spans, i, true, default))])
        : BisectAsync(at, trace, spans);

    private static async Task<IReadOnlyList<StepEvidence>?> EveryAsync(Func<int, Task<(int Right, int Of, string? RightNext)>> at, Trace trace, IReadOnlyList<TraceSpan> spans)
    {
        var evidence = new StepEvidence[spans.Count];
        for (int i = 0; i < spans.Count; i++)
        {
            (int Right, int Of, string? RightNext) found = await at(i).ConfigureAwait(false);
            if (found.Of == 0)
                return null;
            evidence[i] = Evidence(trace, spans, i, found.Right > 0, found);
        }

        return evidence;
    }

    /// <summary>Up to the first error, which is the last labelled.</summary>
    private static async Task<IReadOnlyList<StepEvidence>?> BisectAsync(Func<int, Task<(int Right, int Of, string? RightNext)>> at, Trace trace, IReadOnlyList<TraceSpan> spans)
    {
        var seen = new Dictionary<int, (int Right, int Of, string? RightNext)>();
        // Before the first step everything can be reached; after the last nothing: the answer is wrong.
        int right = -1, wrong = spans.Count - 1;
        while (wrong - right > 1)
        {
            int middle = right + ((wrong - right) / 2);
            (int Right, int Of, string? RightNext) found = await at(middle).ConfigureAwait(false);
            if (found.Of == 0)
                return null;
            seen[middle] = found;
            (right, wrong) = found.Right > 0 ? (middle, wrong) : (right, middle);
        }

        return [.. Enumerable.Range(0, wrong + 1).Select(i => Evidence(trace, spans, i, i < wrong, seen.GetValueOrDefault(i)))];
    }

    private static StepEvidence Evidence(Trace trace, IReadOnlyList<TraceSpan> spans, int i, bool isRight, (int Right, int Of, string? RightNext) found) =>
        new(spans[i].Text, trace.Text[(i == 0 ? 0 : spans[i - 1].End)..spans[i].End], isRight, found.Right, found.Of) { RightNext = found.RightNext };
}

/// <summary>Which prefixes a <see cref="RolloutStep"/> completes.</summary>
public enum RolloutSearch
{
    /// <summary>Every one: soft and hard labels of all steps.</summary>
    Every,

    /// <summary>Those that a bisection for the first error needs: hard labels up to it.</summary>
    Binary,
}
