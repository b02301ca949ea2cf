namespace Agents.Models.Decoding;

/// <summary>
/// The random numbers of one sample: number i is a function of (seed, sample index, i) and of nothing else, so that equal
/// seeds give equal texts beside any other rows. SplitMix64 (Steele, Lea, Flood 2014) used as a counter: part of what a seed
/// means, and not to be changed.
/// </summary>
internal readonly struct SampleRandom(long seed, int index)
{
    private const ulong Step = 0x9E3779B97F4A7C15UL;

    private readonly ulong key = Mix(Mix((ulong)seed + Step) + Step * (ulong)(index + 1));

    /// <summary>The i-th number, uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double this[int i] => (Mix(key + Step * (ulong)(i + 1)) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
