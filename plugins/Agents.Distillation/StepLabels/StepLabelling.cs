namespace Agents.Distillation;

/// <summary>Labels the steps of one trace.</summary>
/// <param name="trace">The trace.</param>
/// <param name="spans">Its steps, at least one.</param>
/// <param name="after">What completions after a step come to.</param>
internal sealed class StepLabelling(Trace trace, IReadOnlyList<TraceSpan> spans, Func<int, Task<PrefixValue>> after)
{
    /// <summary>Every step, by completions from each prefix.</summary>
    /// <returns>The labels; null where completions of a prefix all failed.</returns>
    public async Task<IReadOnlyList<StepEvidence>?> EveryAsync()
    {
        var evidence = new StepEvidence[spans.Count];
        for (int i = 0; i < spans.Count; i++)
        {
            PrefixValue value = await after(i).ConfigureAwait(false);
            if (value.Of == 0)
                return null;
            evidence[i] = Evidence(i, value.Right > 0, value);
        }

        return evidence;
    }

    /// <summary>By bisection: all steps of a right trace are right; of a wrong one the steps up to its first error, which is the last labelled.</summary>
    /// <returns>The labels; null where completions of a prefix all failed.</returns>
    public async Task<IReadOnlyList<StepEvidence>?> BisectAsync()
    {
        if (trace.IsRight == true)
            return [.. spans.Select((_, i) => Evidence(i, true, default))];
        var seen = new Dictionary<int, PrefixValue>();
        // Before the first step everything can be reached; after the last nothing: the answer is wrong.
        int right = -1, wrong = spans.Count - 1;
        while (wrong - right > 1)
        {
            int middle = right + ((wrong - right) / 2);
            PrefixValue value = await after(middle).ConfigureAwait(false);
            if (value.Of == 0)
                return null;
            seen[middle] = value;
            (right, wrong) = value.Right > 0 ? (middle, wrong) : (right, middle);
        }

        return [.. Enumerable.Range(0, wrong + 1).Select(i => Evidence(i, i < wrong, seen.GetValueOrDefault(i)))];
    }

    private StepEvidence Evidence(int i, bool isRight, PrefixValue value) =>
        new(spans[i].Text, trace.Text[(i == 0 ? 0 : spans[i - 1].End)..spans[i].End], isRight, value.Right, value.Of) { RightNext = value.RightNext };
}
