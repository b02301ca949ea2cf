namespace Agents.Reasoning.Tests.Strategies;

/// <summary>
/// Problems of the synthetic bench: P(right) is Beta(20, 2) for 35 %, Beta(3, 3) for 40 % and Beta(½, 4) for 25 % of them; the rest
/// is spread over eight wrong answers by Dirichlet(½).
/// </summary>
internal static class SyntheticProblem
{
    /// <summary>Answer probabilities; index 0 is right.</summary>
    public static double[] Draw(Random random)
    {
        double kind = random.NextDouble();
        double right = kind < 0.35 ? Beta(random, 20, 2) : kind < 0.75 ? Beta(random, 3, 3) : Beta(random, 0.5, 4);
        double[] wrong = [.. Enumerable.Range(0, 8).Select(_ => Gamma(random, 0.5))];
        double sum = wrong.Sum();
        return [right, .. wrong.Select(w => w / sum * (1 - right))];
    }

    public static int Sample(double[] probabilities, Random random)
    {
        double left = random.NextDouble();
        for (int i = 0; i < probabilities.Length; i++)
        {
            left -= probabilities[i];
            if (left < 0)
                return i;
        }

        return 0;
    }

    private static double Beta(Random random, double a, double b)
    {
        double x = Gamma(random, a);
        return x / (x + Gamma(random, b));
    }

    // Marsaglia and Tsang 2000, with the boost for shapes below one.
    private static double Gamma(Random random, double shape)
    {
        if (shape < 1)
            return Gamma(random, shape + 1) * Math.Pow(random.NextDouble(), 1 / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            double v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }
}
