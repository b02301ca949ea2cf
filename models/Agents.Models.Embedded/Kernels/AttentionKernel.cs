using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Agents.Models.Embedded;

/// <summary>
/// One query head over the blocks of a sequence: softmax(q·K)·V, the query already scaled. Scores: lanes are positions, summed
/// over the head's numbers in order. Values: lanes are the head's numbers; position p goes to accumulator p mod 4, and the four
/// are added at the end. The order depends on nothing but the positions, not on what shares the blocks.
/// </summary>
internal static unsafe class AttentionKernel
{
    private const int L = Lanes.Count;

    /// <param name="query">The head's query [width].</param>
    /// <param name="width">Numbers of a head.</param>
    /// <param name="blocks">Addresses of the blocks.</param>
    /// <param name="keyAt">Where the head's keys begin in a block.</param>
    /// <param name="valueAt">Where its values begin.</param>
    /// <param name="positions">Positions to attend to, at least 1.</param>
    /// <param name="scores">Room for one number a position, padded to 16.</param>
    /// <param name="output">The result, padded to 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Attend(float* query, int width, nint* blocks, int keyAt, int valueAt, int positions, float* scores, float* output)
    {
        int count = (positions + L - 1) / L;
        int b = 0;
        for (; b + 4 <= count; b += 4)
            ScoreFour(query, width, blocks + b, keyAt, scores + b * L);
        for (; b < count; b++)
            ScoreOne(query, width, (float*)blocks[b] + keyAt, scores + b * L);

        float inverse = 1 / Softmax(scores, count, positions);
        int valueWidth = Lanes.Padded(width);
        int c = 0;
        for (; c + 2 * L <= valueWidth; c += 2 * L)
            BlendTwo(scores, blocks, valueAt + c, valueWidth, positions, inverse, output + c);
        for (; c < valueWidth; c += L)
            BlendOne(scores, blocks, valueAt + c, valueWidth, positions, inverse, output + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScoreFour(float* query, int width, nint* blocks, int keyAt, float* scores)
    {
        float* k0 = (float*)blocks[0] + keyAt, k1 = (float*)blocks[1] + keyAt, k2 = (float*)blocks[2] + keyAt, k3 = (float*)blocks[3] + keyAt;
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (int i = 0; i < width; i++)
        {
            Vector512<float> q = Vector512.Create(query[i]);
            s0 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k0 + i * L), s0);
            s1 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k1 + i * L), s1);
            s2 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k2 + i * L), s2);
            s3 = Vector512.FusedMultiplyAdd(q, Vector512.Load(k3 + i * L), s3);
        }

        s0.Store(scores);
        s1.Store(scores + L);
        s2.Store(scores + 2 * L);
        s3.Store(scores + 3 * L);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScoreOne(float* query, int width, float* keys, float* scores)
    {
        Vector512<float> s = default;
        for (int i = 0; i < width; i++)
            s = Vector512.FusedMultiplyAdd(Vector512.Create(query[i]), Vector512.Load(keys + i * L), s);
        s.Store(scores);
    }

    /// <summary>Turns scores into e^(score − greatest), those beyond the last position into 0.</summary>
    /// <returns>Their sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Softmax(float* scores, int count, int positions)
    {
        int last = (count - 1) * L;
        Lanes.Keep(Vector512.Load(scores + last), positions - last, float.NegativeInfinity).Store(scores + last);
        Vector512<float> greatest = Vector512.Load(scores);
        for (int i = L; i <= last; i += L)
            greatest = Vector512.Max(greatest, Vector512.Load(scores + i));
        Vector512<float> top = Vector512.Create(Lanes.Max(greatest));
        Vector512<float> sum = default;
        for (int i = 0; i <= last; i += L)
        {
            Vector512<float> weight = Lanes.Exp(Vector512.Load(scores + i) - top);
            weight.Store(scores + i);
            sum += weight;
        }

        return Lanes.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlendTwo(float* weights, nint* blocks, int valueAt, int stride, int positions, float scale, float* output)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (int first = 0; first < positions; first += L)
        {
            float* value = (float*)*blocks++ + valueAt;
            float* weight = weights + first;
            int here = Math.Min(L, positions - first);
            int p = 0;
            for (; p + 4 <= here; p += 4, value += 4 * stride, weight += 4)
            {
                Vector512<float> w = Vector512.Create(weight[0]);
                a0 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value), a0);
                b0 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + L), b0);
                w = Vector512.Create(weight[1]);
                a1 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + stride), a1);
                b1 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + stride + L), b1);
                w = Vector512.Create(weight[2]);
                a2 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + 2 * stride), a2);
                b2 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + 2 * stride + L), b2);
                w = Vector512.Create(weight[3]);
                a3 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + 3 * stride), a3);
                b3 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + 3 * stride + L), b3);
            }

            if (p < here)
            {
                Vector512<float> w = Vector512.Create(weight[0]);
                a0 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value), a0);
                b0 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + L), b0);
            }

            if (p + 1 < here)
            {
                Vector512<float> w = Vector512.Create(weight[1]);
                a1 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + stride), a1);
                b1 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + stride + L), b1);
            }

            if (p + 2 < here)
            {
                Vector512<float> w = Vector512.Create(weight[2]);
                a2 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + 2 * stride), a2);
                b2 = Vector512.FusedMultiplyAdd(w, Vector512.Load(value + 2 * stride + L), b2);
            }
        }

        (((a0 + a1) + (a2 + a3)) * scale).Store(output);
        (((b0 + b1) + (b2 + b3)) * scale).Store(output + L);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlendOne(float* weights, nint* blocks, int valueAt, int stride, int positions, float scale, float* output)
    {
        Vector512<float> sum = default;
        for (int p = 0; p < positions; p++)
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(weights[p]), Vector512.Load((float*)blocks[p / L] + valueAt + p % L * stride), sum);
        (sum * scale).Store(output);
    }
}
