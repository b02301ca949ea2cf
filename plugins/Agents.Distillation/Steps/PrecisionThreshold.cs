namespace Agents.Distillation;

/// <summary>A threshold on a verifier's scores at which the share of right traces is known to be high enough.</summary>
/// <param name="Threshold">The least score that is kept; over 1 when no threshold reaches the precision.</param>
/// <param name="Kept">Labelled traces at or above it.</param>
/// <param name="Right">Of these, the right ones.</param>
/// <param name="LowerBound">The lower end of the one-sided interval of the precision.</param>
public sealed record PrecisionThreshold(double Threshold, int Kept, int Right, double LowerBound)
{
    /// <summary>Whether any threshold reaches the precision.</summary>
    public bool IsReached => Threshold <= 1;

    /// <summary>
    /// The lowest threshold for which precision is at least what is asked, with confidence. Walks from the highest score down and
    /// stops at the first threshold that fails (fixed-sequence testing), so that trying many thresholds does not spoil the confidence.
    /// </summary>
    /// <param name="labelled">Scores, 0–1, with whether the trace is right, from questions that are not used for anything else; one trace a question, so that they are independent.</param>
    /// <param name="precision">The precision asked for, 0–1.</param>
    /// <param name="confidence">The probability with which it holds, over 0 and under 1.</param>
    /// <param name="steps">Thresholds tried, evenly over the ranks, at least 1.</param>
    public static PrecisionThreshold Fit(IReadOnlyList<(double Score, bool IsRight)> labelled, double precision, double confidence = 0.95, int steps = 20)
    {
        ArgumentNullException.ThrowIfNull(labelled);
        ArgumentOutOfRangeException.ThrowIfNegative(precision);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence must be over 0 and under 1.");
        (double Score, bool IsRight)[] sorted = [.. labelled.OrderByDescending(l => l.Score)];
        var best = new PrecisionThreshold(double.PositiveInfinity, 0, 0, 0);
        int kept = 0, right = 0;
        for (int step = 1; step <= steps && kept < sorted.Length; step++)
        {
            int upTo = Math.Max(1, (int)((long)sorted.Length * step / steps));
            while (kept < sorted.Length && (kept < upTo || sorted[kept].Score == sorted[kept - 1].Score))
                right += sorted[kept++].IsRight ? 1 : 0;
            double lower = LowerOf(right, kept, 1 - confidence);
            // A first group that is merely too small to tell is no failure: the next, larger one is tried.
            bool couldReach = Math.Pow(1 - confidence, 1.0 / kept) >= precision;
            if (lower >= precision)
                best = new PrecisionThreshold(sorted[kept - 1].Score, kept, right, lower);
            else if (couldReach)
                break;
        }

        return best;
    }

    /// <summary>The one-sided Clopper–Pearson bound: the p at which so many right or more have probability α. Found by bisection.</summary>
    private static double LowerOf(int right, int kept, double alpha)
    {
        if (right == 0)
            return 0;
        double low = 0, high = 1;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = AtLeast(right, kept, middle) < alpha ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>P(X ≥ k), X binomial.</summary>
    private static double AtLeast(int k, int n, double p)
    {
        if (p <= 0)
            return k == 0 ? 1 : 0;
        if (p >= 1)
            return 1;
        double logTerm = 0, sum = 0;
        for (int i = 0; i < n; i++)
            logTerm += Math.Log(p); // P(X = n)
        for (int x = n; x >= k; x--)
        {
            sum += Math.Exp(logTerm);
            // P(X = x − 1) = P(X = x) · x/(n − x + 1) · (1 − p)/p
            logTerm += Math.Log(x) - Math.Log(n - x + 1) + Math.Log(1 - p) - Math.Log(p);
        }

        return Math.Min(1, sum);
    }
}
