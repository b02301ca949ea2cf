namespace Agents.Distillation;

/// <summary>
/// Drops questions that share a run of words with an evaluation set, 13 as in Brown et al. 2020, arXiv:2005.14165. Texts shorter
/// than that are compared whole.
/// </summary>
public sealed class DecontaminationStep : IDistillationStep
{
    private readonly HashSet<ulong> grams = [];
    private readonly HashSet<string> whole = new(StringComparer.Ordinal);
    private readonly int words;

    /// <summary>A step against an evaluation set.</summary>
    /// <param name="evaluation">The texts of the evaluation set: its questions, and its solutions where it has any.</param>
    /// <param name="words">Words of a run, at least 1.</param>
    public DecontaminationStep(IEnumerable<string> evaluation, int words = 13)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);
        this.words = words;
        foreach (string text in evaluation)
        {
            string[] all = NGrams.Words(text);
            whole.Add(string.Join(' ', all));
            grams.UnionWith(NGrams.Of(all, words));
        }
    }

    /// <inheritdoc/>
    public string Name => "decontamination";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TraceDecision>> DecideAsync(TrainingQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        bool isAsked = IsKnown(question.Question);
        return ValueTask.FromResult<IReadOnlyList<TraceDecision>>([.. question.Traces.Select(trace =>
            isAsked ? TraceDecision.Drop(trace, "question is in the evaluation set")
            : IsKnown(trace.Text) ? TraceDecision.Drop(trace, "trace quotes the evaluation set")
            : TraceDecision.Keep(trace))]);
    }

    private bool IsKnown(string text)
    {
        string[] all = NGrams.Words(text);
        return whole.Contains(string.Join(' ', all)) || NGrams.Of(all, words).Any(grams.Contains);
    }
}
