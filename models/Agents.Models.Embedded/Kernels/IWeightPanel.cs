using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Agents.Models.Embedded;

/// <summary>How weights lie in memory: bytes that become numbers as they are loaded, or the numbers themselves.</summary>
internal unsafe interface IWeightPanel
{
    static abstract Vector512<float> Load(byte* panel, int index);

    static abstract Vector256<float> LoadHalf(byte* panel, int index);
}

/// <summary>One byte a weight; the row's scale is applied to the sum.</summary>
internal readonly unsafe struct Int8Panel : IWeightPanel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* panel, int index) => Lanes.Load((sbyte*)panel + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadHalf(byte* panel, int index) => Lanes.LoadHalf((sbyte*)panel + index);
}

/// <summary>Four bytes a weight.</summary>
internal readonly unsafe struct SinglePanel : IWeightPanel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* panel, int index) => Vector512.Load((float*)panel + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadHalf(byte* panel, int index) => Vector256.Load((float*)panel + index);
}
