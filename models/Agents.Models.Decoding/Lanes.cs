using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Agents.Models.Decoding;

/// <summary>
/// Arithmetic on 16 lanes. Everything in the engine is defined on 16 lanes and fused multiply-adds, whatever the width of the
/// machine's registers: a sum has one order, and a row's numbers are the same on every machine and beside any other row.
/// </summary>
internal static unsafe class Lanes
{
    public const int Count = 16;

    private static Vector512<int> Index => Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    /// <summary>The least multiple of <paramref name="multiple"/> that is not below <paramref name="length"/>.</summary>
    public static int Padded(int length, int multiple = Count) => (length + multiple - 1) / multiple * multiple;

    /// <summary>The lanes with the fixed order of a balanced tree, added to one number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> lanes)
    {
        Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> lanes)
    {
        Vector256<float> eight = Vector256.MaxNative(lanes.GetLower(), lanes.GetUpper());
        Vector128<float> four = Vector128.MaxNative(eight.GetLower(), eight.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[2]), MathF.Max(four[1], four[3]));
    }

    /// <summary>The first <paramref name="count"/> lanes as they are, the others <paramref name="other"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Keep(Vector512<float> lanes, int count, float other) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Index, Vector512.Create(count)).AsSingle(), lanes, Vector512.Create(other));

    /// <summary>
    /// e^x, within two units in the last place; 0 below −87, where single precision ends. The argument is split into n·ln 2 + r,
    /// |r| ≤ ln 2 / 2, and e^r is its Taylor polynomial of degree 7.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> bounded = Vector512.MinNative(Vector512.MaxNative(x, Vector512.Create(-87f)), Vector512.Create(88f));
        Vector512<float> n = Vector512.Round(bounded * 1.44269504f);
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), bounded);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(1f / 5040), r, Vector512.Create(1f / 720));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 120));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 24));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 6));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        Vector512<int> exponent = (Vector512.ConvertToInt32Native(n) + Vector512.Create(127)) << 23;
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-87f)), Vector512<float>.Zero, p * exponent.AsSingle());
    }

    /// <summary>16 signed bytes as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(sbyte* source) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector128.Load(source)))
        : Vector512.Create(LoadHalf(source), LoadHalf(source + 8));

    /// <summary>8 signed bytes as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadHalf(sbyte* source)
    {
        if (Avx2.IsSupported)
            return Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(source));
        Vector128<short> wide = Vector128.WidenLower(Vector128.CreateScalar(*(long*)source).AsSByte());
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide)));
    }
}
