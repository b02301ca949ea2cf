namespace Agents.Evaluation;

/// <summary>Predictions sorted once, measured under the weights of many resamples of their questions.</summary>
internal sealed class WeightedPredictions
{
    private readonly (double Probability, bool Correct, int Question)[] sorted;

    /// <param name="predictions">Probability, outcome and index of the question of each.</param>
    public WeightedPredictions(IEnumerable<(double Probability, bool Correct, int Question)> predictions) =>
        sorted = [.. predictions.OrderBy(p => p.Probability)];

    /// <summary>Brier score, expected calibration error and number of bins, each prediction counted as often as its question.</summary>
    public (double Brier, double ExpectedError, int Bins) Measure(ReadOnlySpan<int> weightOfQuestion, int bins)
    {
        long total = 0;
        foreach ((_, _, int question) in sorted)
            total += weightOfQuestion[question];
        double squares = 0, error = 0;
        long seen = 0;
        int made = 0;
        (double predicted, long right, long count) = (0, 0, 0);
        for (int i = 0; i < sorted.Length; i++)
        {
            (double p, bool correct, int question) = sorted[i];
            int weight = weightOfQuestion[question];
            squares += weight * (p - (correct ? 1 : 0)) * (p - (correct ? 1 : 0));
            predicted += weight * p;
            right += correct ? weight : 0;
            count += weight;
            // A bin ends where its mass is full and the next probability is another: ties in two bins would be noise.
            bool last = i + 1 == sorted.Length;
            if (count > 0 && (last || sorted[i + 1].Probability != p) && (last || (seen + count) * bins >= (made + 1) * total))
            {
                error += Math.Abs(predicted - right);
                seen += count;
                made++;
                (predicted, right, count) = (0, 0, 0);
            }
        }

        return (squares / total, error / total, made);
    }
}
