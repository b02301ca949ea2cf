namespace Agents.Evaluation;

/// <summary>Random variates of the synthetic bench, from a generator whose stream is the same everywhere.</summary>
internal static class RandomVariates
{
    /// <summary>A standard normal variate (Box and Muller 1958).</summary>
    public static double Normal(ref SplitMix64 random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>A Gamma(shape, 1) variate (Marsaglia and Tsang 2000, with their boost for shapes below one).</summary>
    public static double Gamma(ref SplitMix64 random, double shape)
    {
        if (shape < 1)
            return Gamma(ref random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(ref random), v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    /// <summary>A Beta(a, b) variate.</summary>
    public static double Beta(ref SplitMix64 random, double a, double b)
    {
        double x = Gamma(ref random, a);
        return x / (x + Gamma(ref random, b));
    }

    /// <summary>Φ⁻¹(p) for p in (0, 1), by bisection of Φ's series (Marsaglia 2004), to about 1e-12.</summary>
    public static double NormalQuantile(double p)
    {
        double low = -8, high = 8;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = NormalCdf(middle) < p ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    // Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …)
    private static double NormalCdf(double x)
    {
        double sum = x, term = x;
        for (int k = 3; Math.Abs(term) > 1e-17; k += 2)
            sum += term *= x * x / k;
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
