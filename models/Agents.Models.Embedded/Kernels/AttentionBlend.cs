using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Agents.Models.Embedded;

/// <summary>
/// Σ weight · value: lanes are the head's numbers. Even positions have one accumulator, odd ones another, added at the end, so
/// that neither waits for the other.
/// </summary>
internal static unsafe class AttentionBlend
{
    private const int L = Lanes.Count;

    /// <summary>Three heads with the same values, their weights <paramref name="room"/> numbers apart.</summary>
    public static void Three(float* weights, int room, nint* blocks, int valueAt, int width, int positions, float s0, float s1, float s2, float* output)
    {
        int c = 0;
        for (; c + 2 * L <= width; c += 2 * L)
            ThreeByTwo(weights, room, blocks, valueAt + c, width, positions, s0, s1, s2, output + c);
        for (; c < width; c += L)
        {
            OneByOne(weights, blocks, valueAt + c, width, positions, s0, output + c);
            OneByOne(weights + room, blocks, valueAt + c, width, positions, s1, output + width + c);
            OneByOne(weights + 2 * room, blocks, valueAt + c, width, positions, s2, output + 2 * width + c);
        }
    }

    /// <summary>One head.</summary>
    public static void One(float* weights, nint* blocks, int valueAt, int width, int positions, float scale, float* output)
    {
        for (int c = 0; c < width; c += L)
            OneByOne(weights, blocks, valueAt + c, width, positions, scale, output + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ThreeByTwo(float* weights, int room, nint* blocks, int valueAt, int stride, int positions, float s0, float s1, float s2, float* output)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        for (int first = 0; first < positions; first += L)
        {
            float* value = (float*)*blocks++ + valueAt;
            float* weight = weights + first, weight1 = weight + room, weight2 = weight1 + room;
            int here = Math.Min(L, positions - first);
            int p = 0;
            for (; p + 2 <= here; p += 2, value += 2 * stride)
            {
                Vector512<float> v0 = Vector512.Load(value), v1 = Vector512.Load(value + L);
                Vector512<float> v2 = Vector512.Load(value + stride), v3 = Vector512.Load(value + stride + L);
                Vector512<float> w = Vector512.Create(weight[p]), odd = Vector512.Create(weight[p + 1]);
                a0 = Vector512.FusedMultiplyAdd(w, v0, a0);
                a1 = Vector512.FusedMultiplyAdd(w, v1, a1);
                a2 = Vector512.FusedMultiplyAdd(odd, v2, a2);
                a3 = Vector512.FusedMultiplyAdd(odd, v3, a3);
                w = Vector512.Create(weight1[p]);
                odd = Vector512.Create(weight1[p + 1]);
                b0 = Vector512.FusedMultiplyAdd(w, v0, b0);
                b1 = Vector512.FusedMultiplyAdd(w, v1, b1);
                b2 = Vector512.FusedMultiplyAdd(odd, v2, b2);
                b3 = Vector512.FusedMultiplyAdd(odd, v3, b3);
                w = Vector512.Create(weight2[p]);
                odd = Vector512.Create(weight2[p + 1]);
                c0 = Vector512.FusedMultiplyAdd(w, v0, c0);
                c1 = Vector512.FusedMultiplyAdd(w, v1, c1);
                c2 = Vector512.FusedMultiplyAdd(odd, v2, c2);
                c3 = Vector512.FusedMultiplyAdd(odd, v3, c3);
            }

            if (p < here)
            {
                Vector512<float> v0 = Vector512.Load(value), v1 = Vector512.Load(value + L);
                a0 = Vector512.FusedMultiplyAdd(Vector512.Create(weight[p]), v0, a0);
                a1 = Vector512.FusedMultiplyAdd(Vector512.Create(weight[p]), v1, a1);
                b0 = Vector512.FusedMultiplyAdd(Vector512.Create(weight1[p]), v0, b0);
                b1 = Vector512.FusedMultiplyAdd(Vector512.Create(weight1[p]), v1, b1);
                c0 = Vector512.FusedMultiplyAdd(Vector512.Create(weight2[p]), v0, c0);
                c1 = Vector512.FusedMultiplyAdd(Vector512.Create(weight2[p]), v1, c1);
            }
        }

        ((a0 + a2) * s0).Store(output);
        ((a1 + a3) * s0).Store(output + L);
        ((b0 + b2) * s1).Store(output + stride);
        ((b1 + b3) * s1).Store(output + stride + L);
        ((c0 + c2) * s2).Store(output + 2 * stride);
        ((c1 + c3) * s2).Store(output + 2 * stride + L);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByOne(float* weights, nint* blocks, int valueAt, int stride, int positions, float scale, float* output)
    {
        Vector512<float> even = default, odd = default;
        for (int first = 0; first < positions; first += L)
        {
            float* value = (float*)*blocks++ + valueAt;
            int here = Math.Min(L, positions - first);
            int p = 0;
            for (; p + 2 <= here; p += 2, value += 2 * stride)
            {
                even = Vector512.FusedMultiplyAdd(Vector512.Create(weights[first + p]), Vector512.Load(value), even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Create(weights[first + p + 1]), Vector512.Load(value + stride), odd);
            }

            if (p < here)
                even = Vector512.FusedMultiplyAdd(Vector512.Create(weights[first + p]), Vector512.Load(value), even);
        }

        ((even + odd) * scale).Store(output);
    }
}
