namespace Agents.Evaluation;

/// <summary>Intervals of Brier score and calibration error by resampling questions with replacement. Efron 1979, Annals of Statistics 7(1).</summary>
internal static class CalibrationBootstrap
{
    public static (ProbabilityQuality Before, ProbabilityQuality After, Interval Brier, Interval Error) Compare(
        IReadOnlyList<LabelledScore> scores, double[] calibrated, string[] questions, CalibrationOptions options)
    {
        Dictionary<string, int> index = questions.Select((id, i) => (id, i)).ToDictionary(q => q.id, q => q.i, StringComparer.Ordinal);
        var before = new WeightedPredictions(scores.Select(s => (s.Score, s.Correct, index[s.Question])));
        var after = new WeightedPredictions(scores.Select((s, i) => (calibrated[i], s.Correct, index[s.Question])));
        int[] weights = new int[questions.Length];
        Array.Fill(weights, 1);
        (double Brier, double Error, int Bins) first = before.Measure(weights, options.Bins), second = after.Measure(weights, options.Bins);

        var random = new SplitMix64(unchecked((ulong)options.Seed));
        double[][] seen = [.. Enumerable.Range(0, 4).Select(_ => new double[options.Resamples])];
        for (int r = 0; r < options.Resamples; r++)
        {
            Array.Clear(weights);
            for (int i = 0; i < weights.Length; i++)
                weights[random.Next(weights.Length)]++;
            (seen[0][r], seen[1][r], _) = before.Measure(weights, options.Bins);
            (seen[2][r], seen[3][r], _) = after.Measure(weights, options.Bins);
        }

        Interval brier = Interval([.. seen[2].Zip(seen[0], (a, b) => a - b)]), error = Interval([.. seen[3].Zip(seen[1], (a, b) => a - b)]);
        return (
            new ProbabilityQuality(first.Brier, Interval(seen[0]), first.Error, Interval(seen[1]), first.Bins),
            new ProbabilityQuality(second.Brier, Interval(seen[2]), second.Error, Interval(seen[3]), second.Bins),
            brier, error);
    }

    private static Interval Interval(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return new Interval(sorted[(int)(0.025 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(0.975 * (sorted.Length - 1))]);
    }
}
