using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Distillation;

/// <summary>Splits by the hash of a question's id: a question is in the same split whatever stands beside it.</summary>
internal static class QuestionSplit
{
    /// <summary>A number in [0, 1) that depends on the seed, the purpose and the id alone.</summary>
    public static double Place(long seed, string purpose, string id) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}|{purpose}|{id}")))) / 18446744073709551616.0;

    /// <summary>The seed of sample <paramref name="index"/> of something asked, in 0 … 2^31−1: the range that model servers accept.</summary>
    public static long SeedOf(long seed, string asked, int index) =>
        (long)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}|sample {index}|{asked}")))) & int.MaxValue);
}
