namespace Agents.Search.Randomness;

/// <summary>
/// A counter-based generator: the i-th value of the stream (seed, label, index) is a hash of those and i, so that a draw depends on
/// what it is for and never on how many draws came before it elsewhere. value(i) = mix(key + i·γ), γ = 2⁶⁴/φ, with the
/// finaliser of SplitMix64 (Steele, Lea, Flood 2014); key = mix(mix(seed + γ) ⊕ FNV-1a(label)) + mix(index + γ), mixed again.
/// Integers and uniform doubles are the same on every platform; normal and gamma draws go through the platform's logarithm and cosine.
/// </summary>
internal sealed class CounterRandom(ulong seed, string label, long index)
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private readonly ulong _key = Mix(Mix(Mix(seed + Gamma) ^ Hash(label)) + Mix((ulong)index + Gamma));
    private ulong _counter;

    public ulong NextUInt64() => Mix(_key + (++_counter * Gamma));

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Gamma with the given shape &gt; 0 and scale 1 (Marsaglia and Tsang 2000).</summary>
    public double NextGamma(double shape)
    {
        // A shape below 1 is drawn one higher and pulled back by a power of a uniform.
        if (shape < 1) return NextGamma(shape + 1) * Math.Pow(1 - NextDouble(), 1 / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = NextNormal(), v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(1 - NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }

    /// <summary>Beta with both parameters &gt; 0.</summary>
    public double NextBeta(double alpha, double beta)
    {
        double x = NextGamma(alpha), y = NextGamma(beta);

        // Both may round to 0 when both parameters are tiny: then nothing is known but the mean.
        return x + y > 0 ? x / (x + y) : alpha / (alpha + beta);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static ulong Hash(string label)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char c in label) hash = (hash ^ c) * 0x100000001B3;
        return hash;
    }
}
