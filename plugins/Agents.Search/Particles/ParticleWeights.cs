using Agents.Search.Randomness;

namespace Agents.Search.Particles;

/// <summary>From scores to weights to a population.</summary>
internal static class ParticleWeights
{
    private const double Edge = 1e-6;

    // Beyond this temperature weights are as even as they get.
    private const double Hottest = 1e6;

    /// <summary>Normalised weights, one a particle: softmax of log-odds at the lowest temperature ≥ 1 that keeps the entropy floor.</summary>
    public static double[] From(IReadOnlyList<double?> scores, double entropyFloor)
    {
        double[] logits = Logits(scores);
        double floor = entropyFloor * Math.Log(logits.Length);
        double[] weights = Softmax(logits, 1);
        if (Entropy(weights) >= floor) return weights;

        // Entropy rises with temperature; sixty halvings of the logarithm leave no visible gap.
        double low = 0, high = Math.Log(Hottest);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (Entropy(Softmax(logits, Math.Exp(middle))) >= floor) high = middle;
            else low = middle;
        }

        return Softmax(logits, Math.Exp(high));
    }

    /// <summary>The indexes drawn, ascending for the systematic scheme.</summary>
    public static int[] Resample(double[] weights, int count, Resampling scheme, CounterRandom random)
    {
        double[] cumulative = new double[weights.Length];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++) cumulative[i] = sum += weights[i];
        double offset = random.NextDouble();
        var drawn = new int[count];
        for (int i = 0; i < count; i++)
        {
            double u = scheme == Resampling.Systematic ? (i + offset) / count : i == 0 ? offset : random.NextDouble();
            int found = Array.BinarySearch(cumulative, u * sum);
            drawn[i] = Math.Min(found < 0 ? ~found : found + 1, weights.Length - 1);
        }

        return drawn;
    }

    internal static double Entropy(double[] weights) => -weights.Sum(w => w > 0 ? w * Math.Log(w) : 0);

    private static double[] Logits(IReadOnlyList<double?> scores)
    {
        double?[] known = [.. scores.Select(score => score is { } p ? LogOdds(Math.Clamp(p, Edge, 1 - Edge)) : (double?)null)];
        double neutral = known.Average() ?? 0;
        return [.. known.Select(logit => logit ?? neutral)];
    }

    private static double LogOdds(double p) => Math.Log(p / (1 - p));

    private static double[] Softmax(double[] logits, double temperature)
    {
        double top = logits.Max();
        double[] weights = [.. logits.Select(logit => Math.Exp((logit - top) / temperature))];
        double sum = weights.Sum();
        for (int i = 0; i < weights.Length; i++) weights[i] /= sum;
        return weights;
    }
}
