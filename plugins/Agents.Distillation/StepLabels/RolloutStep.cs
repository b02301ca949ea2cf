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
        var rollouts = new QuestionRollouts(new StepRollouts(teacher, completions), question);
        var decisions = new List<TraceDecision>(question.Traces.Count);
        foreach (Trace trace in question.Traces)
            decisions.Add(await DecideAsync(question, trace, rollouts, cancellationToken).ConfigureAwait(false));
        Interlocked.Add(ref asked, rollouts.Asked);
        Interlocked.Add(ref prefixes, rollouts.Prefixes);
        Interlocked.Add(ref prefixesOfWrong, rollouts.PrefixesOfWrong);
        return decisions;
    }

    private async Task<TraceDecision> DecideAsync(TrainingQuestion question, Trace trace, QuestionRollouts rollouts, CancellationToken cancellationToken)
    {
        if (question.Gold is null || trace.IsRight is null)
            return TraceDecision.Drop(trace, "no right answer known");
        IReadOnlyList<TraceSpan> spans = TraceSpan.Of(trace.Text);
        if (spans.Count == 0)
            return TraceDecision.Drop(trace, "no steps");
        rollouts.Count(trace, spans);
        var labelling = new StepLabelling(trace, spans, last => rollouts.AfterAsync(trace, spans, last, cancellationToken));
        if (await (search == RolloutSearch.Every ? labelling.EveryAsync() : labelling.BisectAsync()).ConfigureAwait(false) is not { } evidence)
            return TraceDecision.Drop(trace, "completions failed");
        Interlocked.Increment(ref labelled);
        Interlocked.Add(ref steps, evidence.Count);
        agreement.Add(evidence, [.. spans.Select(s => s.Text)], trace.IsRight == true);
        return TraceDecision.Keep(trace with { Steps = evidence });
    }
}

/// <summary>Which prefixes a <see cref="RolloutStep"/> completes.</summary>
public enum RolloutSearch
{
    /// <summary>Every one: soft and hard labels of all steps.</summary>
    Every,

    /// <summary>Those that a bisection for the first error needs: hard labels up to it.</summary>
    Binary,
}
