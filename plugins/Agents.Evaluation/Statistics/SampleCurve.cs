namespace Agents.Evaluation;

/// <summary>Accuracy and coverage against the number of samples: every prefix of the same samples, so it costs no further call.</summary>
/// <param name="Questions">The questions, all with the same number of samples.</param>
/// <param name="Samples">That number, n.</param>
/// <param name="Orders">The random orders behind <see cref="SampleCurvePoint.MajorityMean"/>.</param>
/// <param name="Points">One point for each k from 1 to n.</param>
/// <param name="Fit">exp(a·k^b) through the coverage at k = 1, 2, 4, 8, …, n; null where coverage leaves nothing to fit.</param>
public sealed record SampleCurve(int Questions, int Samples, int Orders, IReadOnlyList<SampleCurvePoint> Points, CoverageFit? Fit)
{
    /// <summary>Builds the curve; null without questions or samples.</summary>
    /// <param name="questions">The questions; all have the same number of samples.</param>
    /// <param name="seed">The seed of the random orders.</param>
    /// <param name="orders">How many random orders to average over, at least 1.</param>
    public static SampleCurve? Of(IReadOnlyList<SampleOutcomes> questions, long seed, int orders = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        int n = questions.Count > 0 ? questions[0].Classes.Count : 0;
        if (n == 0)
            return null;
        if (questions.Any(q => q.Classes.Count != n || q.Correct.Count != n))
            throw new ArgumentException("Every question must have the same number of samples.", nameof(questions));

        var first = new long[n];  // questions right by the first k, (n)
        var mean = new long[n];   // the same, summed over orders, (n)
        var random = new SplitMix64(unchecked((ulong)seed));
        foreach (SampleOutcomes question in questions)
        {
            int[] order = [.. Enumerable.Range(0, n)];
            Count(question, order, first);
            for (int o = 0; o < orders; o++)
            {
                random.Shuffle(order);
                Count(question, order, mean);
            }
        }

        int[] correct = [.. questions.Select(q => q.Correct.Count(c => c))];
        SampleCurvePoint[] points =
        [
            .. Enumerable.Range(1, n).Select(k => new SampleCurvePoint(
                k,
                (double)first[k - 1] / questions.Count,
                WilsonInterval.Of((int)first[k - 1], questions.Count),
                (double)mean[k - 1] / questions.Count / orders,
                correct.Average(c => PassAtK.Unbiased(n, c, k)),
                correct.Average(c => PassAtK.AllOf(n, c, k)))),
        ];
        return new SampleCurve(questions.Count, n, orders, points, FitTo(points));
    }

    // Doubling k gives every octave the same say; with all k, the crowded right end would decide the fit.
    private static CoverageFit? FitTo(SampleCurvePoint[] points)
    {
        SampleCurvePoint[] octaves = [.. points.Where(p => int.IsPow2(p.K) || p.K == points.Length)];
        return CoverageFit.Fit([.. octaves.Select(p => (double)p.K)], [.. octaves.Select(p => p.Coverage)]);
    }

    // Adds 1 to right[k-1] for every k at which the vote over the first k samples in this order is right.
    private static void Count(SampleOutcomes question, int[] order, long[] right)
    {
        var classes = new int[order.Length];   // (n)
        var winners = new int[order.Length];   // (n)
        for (int i = 0; i < order.Length; i++)
            classes[i] = question.Classes[order[i]];
        PrefixMajority.Winners(classes, winners);
        for (int k = 0; k < order.Length; k++)
            right[k] += winners[k] >= 0 && question.Correct[order[winners[k]]] ? 1 : 0;
    }
}
