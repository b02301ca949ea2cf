using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Agents.Models.Embedded;

/// <summary>
/// Panel × rows on registers of 16 numbers. Lanes are outputs; each output has one accumulator that runs over the inputs in
/// order, so the result does not depend on how many rows a kernel takes at once. Four rows share four
/// registers of weights: 16 accumulators, which measured faster than 8 × 2. A single row takes several panels at once, because one accumulator alone would wait for itself.
/// </summary>
internal static unsafe class PanelKernel512<TPanel>
    where TPanel : struct, IWeightPanel
{
    private const int Width = WeightMatrix.PanelWidth;
    private const int L = Lanes.Count;

    public static void Multiply(in PanelCall call, int panelBytes)
    {
        if (call.Rows == 1)
        {
            MultiplyOne(call, panelBytes);
            return;
        }

        for (int p = 0; p < call.PanelCount; p++)
        {
            byte* panel = call.Panels + (long)p * panelBytes;
            float* scales = call.Scales + p * Width;
            float* x = call.X;
            float* y = call.Y + p * Width;
            int left = call.Rows;
            for (; left >= 4; left -= 4, x += 4L * call.XStride, y += 4L * call.YStride)
                Four(panel, scales, x, call.XStride, call.Inputs, y, call.YStride);

            if (left >= 2)
            {
                Two(panel, scales, x, call.XStride, call.Inputs, y, call.YStride);
                left -= 2;
                x += 2L * call.XStride;
                y += 2L * call.YStride;
            }

            if (left == 1)
                One(panel, scales, x, call.Inputs, y);
        }
    }

    private static void MultiplyOne(in PanelCall call, int panelBytes)
    {
        int p = 0;
        for (; call.PanelCount - p >= 3; p += 3)
            OneByThree(call.Panels + (long)p * panelBytes, panelBytes, call.Scales + p * Width, call.X, call.Inputs, call.Y + p * Width);
        for (; p < call.PanelCount; p++)
            One(call.Panels + (long)p * panelBytes, call.Scales + p * Width, call.X, call.Inputs, call.Y + p * Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(byte* panel, float* scales, float* x, int xStride, int inputs, float* y, int yStride)
    {
        float* x0 = x, x1 = x0 + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        for (int i = 0, at = 0; i < inputs; i++, at += Width)
        {
            Vector512<float> w0 = TPanel.Load(panel, at), w1 = TPanel.Load(panel, at + L), w2 = TPanel.Load(panel, at + 2 * L), w3 = TPanel.Load(panel, at + 3 * L);
            Vector512<float> v = Vector512.Create(x0[i]);
            a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
            a1 = Vector512.FusedMultiplyAdd(v, w1, a1);
            a2 = Vector512.FusedMultiplyAdd(v, w2, a2);
            a3 = Vector512.FusedMultiplyAdd(v, w3, a3);
            v = Vector512.Create(x1[i]);
            b0 = Vector512.FusedMultiplyAdd(v, w0, b0);
            b1 = Vector512.FusedMultiplyAdd(v, w1, b1);
            b2 = Vector512.FusedMultiplyAdd(v, w2, b2);
            b3 = Vector512.FusedMultiplyAdd(v, w3, b3);
            v = Vector512.Create(x2[i]);
            c0 = Vector512.FusedMultiplyAdd(v, w0, c0);
            c1 = Vector512.FusedMultiplyAdd(v, w1, c1);
            c2 = Vector512.FusedMultiplyAdd(v, w2, c2);
            c3 = Vector512.FusedMultiplyAdd(v, w3, c3);
            v = Vector512.Create(x3[i]);
            d0 = Vector512.FusedMultiplyAdd(v, w0, d0);
            d1 = Vector512.FusedMultiplyAdd(v, w1, d1);
            d2 = Vector512.FusedMultiplyAdd(v, w2, d2);
            d3 = Vector512.FusedMultiplyAdd(v, w3, d3);
        }

        Store(y, scales, a0, a1, a2, a3);
        Store(y += yStride, scales, b0, b1, b2, b3);
        Store(y += yStride, scales, c0, c1, c2, c3);
        Store(y + yStride, scales, d0, d1, d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(byte* panel, float* scales, float* x, int xStride, int inputs, float* y, int yStride)
    {
        float* x1 = x + xStride;
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (int i = 0, at = 0; i < inputs; i++, at += Width)
        {
            Vector512<float> w0 = TPanel.Load(panel, at), w1 = TPanel.Load(panel, at + L), w2 = TPanel.Load(panel, at + 2 * L), w3 = TPanel.Load(panel, at + 3 * L);
            Vector512<float> v = Vector512.Create(x[i]);
            a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
            a1 = Vector512.FusedMultiplyAdd(v, w1, a1);
            a2 = Vector512.FusedMultiplyAdd(v, w2, a2);
            a3 = Vector512.FusedMultiplyAdd(v, w3, a3);
            v = Vector512.Create(x1[i]);
            b0 = Vector512.FusedMultiplyAdd(v, w0, b0);
            b1 = Vector512.FusedMultiplyAdd(v, w1, b1);
            b2 = Vector512.FusedMultiplyAdd(v, w2, b2);
            b3 = Vector512.FusedMultiplyAdd(v, w3, b3);
        }

        Store(y, scales, a0, a1, a2, a3);
        Store(y + yStride, scales, b0, b1, b2, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(byte* panel, float* scales, float* x, int inputs, float* y)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        for (int i = 0, at = 0; i < inputs; i++, at += Width)
        {
            Vector512<float> v = Vector512.Create(x[i]);
            a0 = Vector512.FusedMultiplyAdd(v, TPanel.Load(panel, at), a0);
            a1 = Vector512.FusedMultiplyAdd(v, TPanel.Load(panel, at + L), a1);
            a2 = Vector512.FusedMultiplyAdd(v, TPanel.Load(panel, at + 2 * L), a2);
            a3 = Vector512.FusedMultiplyAdd(v, TPanel.Load(panel, at + 3 * L), a3);
        }

        Store(y, scales, a0, a1, a2, a3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByThree(byte* panel, int panelBytes, float* scales, float* x, int inputs, float* y)
    {
        byte* second = panel + panelBytes, third = second + panelBytes;
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        for (int i = 0, at = 0; i < inputs; i++, at += Width)
        {
            Vector512<float> v = Vector512.Create(x[i]);
            a0 = Vector512.FusedMultiplyAdd(v, TPanel.Load(panel, at), a0);
            a1 = Vector512.FusedMultiplyAdd(v, TPanel.Load(panel, at + L), a1);
            a2 = Vector512.FusedMultiplyAdd(v, TPanel.Load(panel, at + 2 * L), a2);
            a3 = Vector512.FusedMultiplyAdd(v, TPanel.Load(panel, at + 3 * L), a3);
            b0 = Vector512.FusedMultiplyAdd(v, TPanel.Load(second, at), b0);
            b1 = Vector512.FusedMultiplyAdd(v, TPanel.Load(second, at + L), b1);
            b2 = Vector512.FusedMultiplyAdd(v, TPanel.Load(second, at + 2 * L), b2);
            b3 = Vector512.FusedMultiplyAdd(v, TPanel.Load(second, at + 3 * L), b3);
            c0 = Vector512.FusedMultiplyAdd(v, TPanel.Load(third, at), c0);
            c1 = Vector512.FusedMultiplyAdd(v, TPanel.Load(third, at + L), c1);
            c2 = Vector512.FusedMultiplyAdd(v, TPanel.Load(third, at + 2 * L), c2);
            c3 = Vector512.FusedMultiplyAdd(v, TPanel.Load(third, at + 3 * L), c3);
        }

        Store(y, scales, a0, a1, a2, a3);
        Store(y + Width, scales + Width, b0, b1, b2, b3);
        Store(y + 2 * Width, scales + 2 * Width, c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* y, float* scales, Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    {
        (first * Vector512.Load(scales)).Store(y);
        (second * Vector512.Load(scales + L)).Store(y + L);
        (third * Vector512.Load(scales + 2 * L)).Store(y + 2 * L);
        (fourth * Vector512.Load(scales + 3 * L)).Store(y + 3 * L);
    }
}
