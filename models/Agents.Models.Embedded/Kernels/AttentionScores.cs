using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Agents.Models.Embedded;

/// <summary>
/// q·k for every position: lanes are positions, each summed over the head's numbers in order. Four blocks at a time; where
/// fewer are left the last one is read again, into room beyond the scores.
/// </summary>
internal static unsafe class AttentionScores
{
    private const int L = Lanes.Count;

    /// <summary>Three heads with the same keys, their scores <paramref name="room"/> numbers apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Three(float* query, int width, nint* blocks, int keyAt, int count, float* scores, int room)
    {
        float* query1 = query + width, query2 = query1 + width;
        for (int b = 0; b < count; b += 4, scores += 4 * L)
        {
            int last = count - 1;
            float* k0 = (float*)blocks[b] + keyAt;
            float* k1 = (float*)blocks[Math.Min(b + 1, last)] + keyAt;
            float* k2 = (float*)blocks[Math.Min(b + 2, last)] + keyAt;
            float* k3 = (float*)blocks[Math.Min(b + 3, last)] + keyAt;
            Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
            Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
            Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
            for (int i = 0, at = 0; i < width; i++, at += L)
            {
                Vector512<float> v0 = Vector512.Load(k0 + at), v1 = Vector512.Load(k1 + at), v2 = Vector512.Load(k2 + at), v3 = Vector512.Load(k3 + at);
                Vector512<float> q = Vector512.Create(query[i]);
                a0 = Vector512.FusedMultiplyAdd(q, v0, a0);
                a1 = Vector512.FusedMultiplyAdd(q, v1, a1);
                a2 = Vector512.FusedMultiplyAdd(q, v2, a2);
                a3 = Vector512.FusedMultiplyAdd(q, v3, a3);
                q = Vector512.Create(query1[i]);
                b0 = Vector512.FusedMultiplyAdd(q, v0, b0);
                b1 = Vector512.FusedMultiplyAdd(q, v1, b1);
                b2 = Vector512.FusedMultiplyAdd(q, v2, b2);
                b3 = Vector512.FusedMultiplyAdd(q, v3, b3);
                q = Vector512.Create(query2[i]);
                c0 = Vector512.FusedMultiplyAdd(q, v0, c0);
                c1 = Vector512.FusedMultiplyAdd(q, v1, c1);
                c2 = Vector512.FusedMultiplyAdd(q, v2, c2);
                c3 = Vector512.FusedMultiplyAdd(q, v3, c3);
            }

            Store(scores, a0, a1, a2, a3);
            Store(scores + room, b0, b1, b2, b3);
            Store(scores + 2 * room, c0, c1, c2, c3);
        }
    }

    /// <summary>One head.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One(float* query, int width, nint* blocks, int keyAt, int count, float* scores)
    {
        for (int b = 0; b < count; b += 4, scores += 4 * L)
        {
            int last = count - 1;
            float* k0 = (float*)blocks[b] + keyAt;
            float* k1 = (float*)blocks[Math.Min(b + 1, last)] + keyAt;
            float* k2 = (float*)blocks[Math.Min(b + 2, last)] + keyAt;
            float* k3 = (float*)blocks[Math.Min(b + 3, last)] + keyAt;
            Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
            for (int i = 0, at = 0; i < width; i++, at += L)
            {
                Vector512<float> q = Vector512.Create(query[i]);
                a0 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k0 + at), a0);
                a1 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k1 + at), a1);
                a2 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k2 + at), a2);
                a3 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k3 + at), a3);
            }

            Store(scores, a0, a1, a2, a3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* scores, Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    {
        first.Store(scores);
        second.Store(scores + L);
        third.Store(scores + 2 * L);
        fourth.Store(scores + 3 * L);
    }
}
