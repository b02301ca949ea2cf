using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Agents.Models.Embedded;

/// <summary>
/// softmax(q·K)·V of one row over the blocks of its text, queries already scaled. Query heads that share a key/value head go
/// through its blocks three at a time. The order of every sum depends on positions alone, not on what shares the blocks.
/// </summary>
internal static unsafe class AttentionKernel
{
    /// <summary>Numbers of room that scores need for a context: a whole number of four blocks for each of three heads.</summary>
    public static int ScoreRoom(int context) => 3 * Lanes.Padded(context, 4 * Lanes.Count);

    /// <summary>All heads of one row in one layer.</summary>
    /// <param name="query">Queries [heads · head width].</param>
    /// <param name="shape">The model's numbers.</param>
    /// <param name="pool">The layout of a block.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="blocks">Addresses of the blocks.</param>
    /// <param name="positions">Positions to attend to, at least 1.</param>
    /// <param name="scores">Room of <see cref="ScoreRoom"/>.</param>
    /// <param name="output">Results, each head padded to whole registers.</param>
    public static void Attend(float* query, ModelShape shape, KeyValuePool pool, int layer, nint* blocks, int positions, float* scores, float* output)
    {
        int group = shape.Heads / shape.KeyValueHeads;
        int count = (positions + Lanes.Count - 1) / Lanes.Count;
        int room = ScoreRoom(shape.Context) / 3;
        for (int shared = 0; shared < shape.KeyValueHeads; shared++)
        {
            int keyAt = pool.KeyAt(layer, shared), valueAt = pool.ValueAt(layer, shared);
            int left = group;
            for (; left >= 3; left -= 3, query += 3 * shape.HeadWidth, output += 3 * pool.ValueWidth)
            {
                AttentionScores.Three(query, shape.HeadWidth, blocks, keyAt, count, scores, room);
                float s0 = Softmax(scores, count, positions), s1 = Softmax(scores + room, count, positions), s2 = Softmax(scores + 2 * room, count, positions);
                AttentionBlend.Three(scores, room, blocks, valueAt, pool.ValueWidth, positions, 1 / s0, 1 / s1, 1 / s2, output);
            }

            for (; left > 0; left--, query += shape.HeadWidth, output += pool.ValueWidth)
            {
                AttentionScores.One(query, shape.HeadWidth, blocks, keyAt, count, scores);
                AttentionBlend.One(scores, blocks, valueAt, pool.ValueWidth, positions, 1 / Softmax(scores, count, positions), output);
            }
        }
    }

    /// <summary>Turns scores into e^(score − greatest), those beyond the last position into 0.</summary>
    /// <returns>Their sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Softmax(float* scores, int count, int positions)
    {
        int last = (count - 1) * Lanes.Count;
        Lanes.Keep(Vector512.Load(scores + last), positions - last, float.NegativeInfinity).Store(scores + last);
        Vector512<float> greatest = Vector512.Load(scores);
        for (int i = Lanes.Count; i <= last; i += Lanes.Count)
            greatest = Vector512.MaxNative(greatest, Vector512.Load(scores + i));
        Vector512<float> top = Vector512.Create(Lanes.Max(greatest));
        Vector512<float> sum = default;
        for (int i = 0; i <= last; i += Lanes.Count)
        {
            Vector512<float> weight = Lanes.Exp(Vector512.Load(scores + i) - top);
            weight.Store(scores + i);
            sum += weight;
        }

        return Lanes.Sum(sum);
    }
}
