namespace Agents.Evaluation;

/// <summary>
/// vote@k: the chance that the plurality of k samples is right, from n ≥ k recorded ones without bias: the mean over all
/// C(n, k) subsets in all orders, counted and not drawn. Ties go to the first seen, which in a random order is each of the tied
/// answers equally often. The same idea as pass@k (Chen et al. 2021, arXiv:2107.03374) for the vote.
/// </summary>
public static class VoteAtK
{
    /// <summary>The most samples of one question: beyond it the number of subsets leaves the range of doubles.</summary>
    public const int MaxSamples = 1000;

    /// <summary>The chance, 0–1.</summary>
    /// <param name="question">The classes of the samples' answers, and which are right.</param>
    /// <param name="k">Samples of the vote, 1 to n.</param>
    public static double Unbiased(SampleOutcomes question, int k)
    {
        ArgumentNullException.ThrowIfNull(question);
        int n = question.Classes.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, MaxSamples);
        (int Count, bool IsRight)[] classes = [.. question.Classes.Select((c, i) => (c, i)).Where(x => x.c >= 0).GroupBy(x => x.c).OrderBy(g => g.Key).Select(g => (g.Count(), question.Correct[g.First().i]))];
        int silent = n - classes.Sum(c => c.Count);
        double all = Binomial(n, k), right = 0;
        for (int winner = 0; winner < classes.Length; winner++)
        {
            if (!classes[winner].IsRight)
                continue;
            for (int votes = 1; votes <= Math.Min(k, classes[winner].Count); votes++)
                right += Binomial(classes[winner].Count, votes) * Others(classes, winner, silent, votes, k - votes);
        }

        return Math.Clamp(right / all, 0, 1);
    }

    /// <summary>
    /// The ways to take <paramref name="samples"/> from everyone but the winner so that nobody passes its votes; where t others
    /// reach them, each way counts 1/(1 + t).
    /// </summary>
    private static double Others((int Count, bool IsRight)[] classes, int winner, int silent, int votes, int samples)
    {
        int most = samples / votes;
        // ways[s, t]: s samples taken, t classes tied with the winner.
        var ways = new double[samples + 1, most + 1];
        for (int s = 0; s <= Math.Min(samples, silent); s++)
            ways[s, 0] = Binomial(silent, s);
        for (int c = 0; c < classes.Length; c++)
        {
            if (c == winner)
                continue;
            int limit = Math.Min(votes, classes[c].Count);
            for (int s = samples; s >= 0; s--)
            {
                for (int t = most; t >= 0; t--)
                {
                    double sum = ways[s, t];
                    for (int take = 1; take <= Math.Min(limit, s); take++)
                    {
                        int tied = take == votes ? t - 1 : t;
                        if (tied >= 0)
                            sum += ways[s - take, tied] * Binomial(classes[c].Count, take);
                    }

                    ways[s, t] = sum;
                }
            }
        }

        double total = 0;
        for (int t = 0; t <= most; t++)
            total += ways[samples, t] / (1 + t);
        return total;
    }

    private static double Binomial(int n, int k)
    {
        if (k < 0 || k > n)
            return 0;
        double value = 1;
        for (int i = 1; i <= Math.Min(k, n - k); i++)
            value = value * (n - Math.Min(k, n - k) + i) / i;
        return value;
    }
}
