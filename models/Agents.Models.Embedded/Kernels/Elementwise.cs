using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Agents.Models.Embedded;

/// <summary>What happens to one row between two products. Lengths are padded to 16; padding is zero and stays zero.</summary>
internal static unsafe class Elementwise
{
    /// <summary>y = x / √(mean(x²) + ε) · weight. Zhang and Sennrich 2019, arXiv:1910.07467.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RmsNorm(float* x, float* weight, int length, float epsilon, float* y)
    {
        int padded = Lanes.Padded(length);
        Vector512<float> squares = default;
        for (int i = 0; i < padded; i += Lanes.Count)
        {
            Vector512<float> v = Vector512.Load(x + i);
            squares = Vector512.FusedMultiplyAdd(v, v, squares);
        }

        float inverse = 1 / MathF.Sqrt(Lanes.Sum(squares) / length + epsilon);
        for (int i = 0; i < padded; i += Lanes.Count)
            (Vector512.Load(x + i) * inverse * Vector512.Load(weight + i)).Store(y + i);
    }

    /// <summary>x += y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* x, float* y, int padded)
    {
        for (int i = 0; i < padded; i += Lanes.Count)
            (Vector512.Load(x + i) + Vector512.Load(y + i)).Store(x + i);
    }

    /// <summary>gate = gate · σ(gate) · up. Shazeer 2020, arXiv:2002.05202.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SwiGlu(float* gate, float* up, int length)
    {
        int whole = length / Lanes.Count * Lanes.Count;
        for (int i = 0; i < whole; i += Lanes.Count)
            SwiGlu(Vector512.Load(gate + i), Vector512.Load(up + i)).Store(gate + i);
        for (int i = whole; i < length; i++)
            gate[i] = SwiGlu(Vector512.Create(gate[i]), Vector512.Create(up[i]))[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SwiGlu(Vector512<float> gate, Vector512<float> up) =>
        gate / (Vector512<float>.One + Lanes.Exp(-gate)) * up;

    /// <summary>
    /// Turns the pairs (i, i + half) of one head by the angles of its position, and multiplies by <paramref name="scale"/>.
    /// Su et al. 2021, arXiv:2104.09864, in the half-split convention.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(float* head, float* cosines, float* sines, int half, float scale)
    {
        int i = 0;
        for (; i + Lanes.Count <= half; i += Lanes.Count)
        {
            Vector512<float> a = Vector512.Load(head + i), b = Vector512.Load(head + half + i);
            Vector512<float> cosine = Vector512.Load(cosines + i), sine = Vector512.Load(sines + i);
            ((a * cosine - b * sine) * scale).Store(head + i);
            ((b * cosine + a * sine) * scale).Store(head + half + i);
        }

        for (; i < half; i++)
        {
            float a = head[i], b = head[half + i];
            head[i] = (a * cosines[i] - b * sines[i]) * scale;
            head[half + i] = (b * cosines[i] + a * sines[i]) * scale;
        }
    }
}
