using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Agents.Models.Embedded;

/// <summary>
/// Panel × rows on registers of 8 numbers, of which a machine has 16: four rows by two registers of weights, or one row by a
/// whole panel. The order of every sum is that of <see cref="PanelKernel512{TPanel}"/>.
/// </summary>
internal static unsafe class PanelKernel256<TPanel>
    where TPanel : struct, IWeightPanel
{
    private const int Width = WeightMatrix.PanelWidth;
    private const int L = 8;

    public static void Multiply(in PanelCall call, int panelBytes)
    {
        for (int p = 0; p < call.PanelCount; p++)
        {
            byte* panel = call.Panels + (long)p * panelBytes;
            float* scales = call.Scales + p * Width;
            float* x = call.X;
            float* y = call.Y + p * Width;
            int left = call.Rows;
            for (; left >= 4; left -= 4, x += 4L * call.XStride, y += 4L * call.YStride)
            {
                for (int column = 0; column < Width; column += 2 * L)
                    Four(panel, column, scales, x, call.XStride, call.Inputs, y, call.YStride);
            }

            for (; left > 0; left--, x += call.XStride, y += call.YStride)
                One(panel, scales, x, call.Inputs, y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(byte* panel, int column, float* scales, float* x, int xStride, int inputs, float* y, int yStride)
    {
        float* x0 = x, x1 = x0 + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (int i = 0, at = column; i < inputs; i++, at += Width)
        {
            Vector256<float> w0 = TPanel.LoadHalf(panel, at), w1 = TPanel.LoadHalf(panel, at + L);
            Vector256<float> v = Vector256.Create(x0[i]);
            a0 = Vector256.FusedMultiplyAdd(v, w0, a0);
            b0 = Vector256.FusedMultiplyAdd(v, w1, b0);
            v = Vector256.Create(x1[i]);
            a1 = Vector256.FusedMultiplyAdd(v, w0, a1);
            b1 = Vector256.FusedMultiplyAdd(v, w1, b1);
            v = Vector256.Create(x2[i]);
            a2 = Vector256.FusedMultiplyAdd(v, w0, a2);
            b2 = Vector256.FusedMultiplyAdd(v, w1, b2);
            v = Vector256.Create(x3[i]);
            a3 = Vector256.FusedMultiplyAdd(v, w0, a3);
            b3 = Vector256.FusedMultiplyAdd(v, w1, b3);
        }

        Vector256<float> s0 = Vector256.Load(scales + column), s1 = Vector256.Load(scales + column + L);
        y += column;
        Store(y, a0 * s0, b0 * s1);
        Store(y += yStride, a1 * s0, b1 * s1);
        Store(y += yStride, a2 * s0, b2 * s1);
        Store(y + yStride, a3 * s0, b3 * s1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(byte* panel, float* scales, float* x, int inputs, float* y)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        for (int i = 0, at = 0; i < inputs; i++, at += Width)
        {
            Vector256<float> v = Vector256.Create(x[i]);
            a0 = Vector256.FusedMultiplyAdd(v, TPanel.LoadHalf(panel, at), a0);
            a1 = Vector256.FusedMultiplyAdd(v, TPanel.LoadHalf(panel, at + L), a1);
            a2 = Vector256.FusedMultiplyAdd(v, TPanel.LoadHalf(panel, at + 2 * L), a2);
            a3 = Vector256.FusedMultiplyAdd(v, TPanel.LoadHalf(panel, at + 3 * L), a3);
            a4 = Vector256.FusedMultiplyAdd(v, TPanel.LoadHalf(panel, at + 4 * L), a4);
            a5 = Vector256.FusedMultiplyAdd(v, TPanel.LoadHalf(panel, at + 5 * L), a5);
            a6 = Vector256.FusedMultiplyAdd(v, TPanel.LoadHalf(panel, at + 6 * L), a6);
            a7 = Vector256.FusedMultiplyAdd(v, TPanel.LoadHalf(panel, at + 7 * L), a7);
        }

        Store(y, a0 * Vector256.Load(scales), a1 * Vector256.Load(scales + L));
        Store(y + 2 * L, a2 * Vector256.Load(scales + 2 * L), a3 * Vector256.Load(scales + 3 * L));
        Store(y + 4 * L, a4 * Vector256.Load(scales + 4 * L), a5 * Vector256.Load(scales + 5 * L));
        Store(y + 6 * L, a6 * Vector256.Load(scales + 6 * L), a7 * Vector256.Load(scales + 7 * L));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* y, Vector256<float> first, Vector256<float> second)
    {
        first.Store(y);
        second.Store(y + L);
    }
}
