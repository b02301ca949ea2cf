using System.Security.Cryptography;
using System.Text;

namespace Agents.Reasoning;

/// <summary>Seeds of single samples: functions of the run's seed, the call's content and its index, equal in every process and host.</summary>
internal static class SampleSeed
{
    /// <summary>The seed of a family of identical requests.</summary>
    public static long Of(long runSeed, string stem)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(stem), digest);
        return Mix((ulong)runSeed ^ BitConverter.ToUInt64(digest));
    }

    /// <summary>The seed of the member with this index, in 0 … 2^31−1: the range that model servers accept.</summary>
    public static long Of(long family, int index) => Mix((ulong)family + 0x9E3779B97F4A7C15UL * (ulong)(index + 1)) & int.MaxValue;

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static long Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return (long)(z ^ (z >> 31));
    }
}
