using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Agents.Models.Embedded;

/// <summary>
/// A matrix [outputs, inputs] laid out for the kernels: panels of 64 outputs, each [inputs, 64], the last one padded with
/// zeros. INT8 weights stay bytes with one scale an output; anything else is held as numbers. Immutable, thread-safe.
/// </summary>
internal sealed unsafe class WeightMatrix
{
    /// <summary>Outputs of a panel: one cache line of bytes for each input.</summary>
    public const int PanelWidth = 64;

    private readonly byte[] pinned;
    private readonly AlignedFloats scales;
    private readonly byte* panels;
    private readonly int bytesPerWeight;

    /// <param name="outputs">Rows of the matrix.</param>
    /// <param name="inputs">Columns of the matrix.</param>
    /// <param name="isInt8">Whether a weight is one byte.</param>
    private WeightMatrix(int outputs, int inputs, bool isInt8)
    {
        (Outputs, Inputs, IsInt8) = (outputs, inputs, isInt8);
        bytesPerWeight = isInt8 ? 1 : sizeof(float);
        PaddedOutputs = Lanes.Padded(outputs, PanelWidth);
        pinned = GC.AllocateArray<byte>(PaddedOutputs * inputs * bytesPerWeight + PanelWidth, pinned: true);
        panels = (byte*)AlignedFloats.Aligned((nint)Unsafe.AsPointer(ref pinned[0]));
        scales = new AlignedFloats(PaddedOutputs, isCleared: true);
        scales.Span.Fill(1);
    }

    public int Outputs { get; }

    public int PaddedOutputs { get; }

    public int Inputs { get; }

    public bool IsInt8 { get; }

    /// <summary>Bytes that a pass over the matrix reads.</summary>
    public long Size => (long)PaddedOutputs * Inputs * bytesPerWeight;

    /// <summary>The parts one below the other; bytes where all of them are, unless <paramref name="expand"/>.</summary>
    public static WeightMatrix Stack(bool expand, params ReadOnlySpan<WeightTensor> parts)
    {
        int outputs = 0;
        bool isInt8 = !expand;
        foreach (WeightTensor part in parts)
        {
            outputs += part.Rows;
            isInt8 &= part.Bytes is not null;
        }

        var matrix = new WeightMatrix(outputs, parts[0].Columns, isInt8);
        int at = 0;
        foreach (WeightTensor part in parts)
        {
            matrix.Fill(part, at);
            at += part.Rows;
        }

        return matrix;
    }

    /// <summary>One row as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyRow(int row, float* destination)
    {
        byte* panel = Panel(row / PanelWidth);
        int lane = row % PanelWidth;
        float scale = scales.Pointer[row];
        for (int i = 0; i < Inputs; i++)
            destination[i] = (IsInt8 ? ((sbyte*)panel)[i * PanelWidth + lane] : ((float*)panel)[i * PanelWidth + lane]) * scale;
    }

    /// <summary>y[row, output] = Σ x[row, input] · weight[output, input], summed in the order of the inputs.</summary>
    /// <param name="x">Rows, each <paramref name="xStride"/> numbers apart.</param>
    /// <param name="xStride">Numbers from one row to the next.</param>
    /// <param name="rows">How many.</param>
    /// <param name="y">Results; <see cref="PaddedOutputs"/> numbers of each row are written.</param>
    /// <param name="yStride">Numbers from one result row to the next.</param>
    public void Multiply(float* x, int xStride, int rows, float* y, int yStride)
    {
        var call = new PanelCall(panels, scales.Pointer, Inputs, PaddedOutputs / PanelWidth, x, xStride, rows, y, yStride);
        if (Vector512.IsHardwareAccelerated)
        {
            if (IsInt8)
                PanelKernel512<Int8Panel>.Multiply(call, PanelWidth * Inputs);
            else
                PanelKernel512<SinglePanel>.Multiply(call, PanelWidth * Inputs * sizeof(float));
        }
        else
        {
            MultiplyHalves(call);
        }
    }

    /// <summary>The same product by registers of 8 numbers: equal to the last bit.</summary>
    internal void MultiplyHalves(float* x, int xStride, int rows, float* y, int yStride) =>
        MultiplyHalves(new PanelCall(panels, scales.Pointer, Inputs, PaddedOutputs / PanelWidth, x, xStride, rows, y, yStride));

    private void MultiplyHalves(in PanelCall call)
    {
        if (IsInt8)
            PanelKernel256<Int8Panel>.Multiply(call, PanelWidth * Inputs);
        else
            PanelKernel256<SinglePanel>.Multiply(call, PanelWidth * Inputs * sizeof(float));
    }

    private byte* Panel(int index) => panels + (long)index * PanelWidth * Inputs * bytesPerWeight;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(WeightTensor part, int firstRow)
    {
        for (int row = 0; row < part.Rows; row++)
        {
            int output = firstRow + row;
            byte* panel = Panel(output / PanelWidth);
            int lane = output % PanelWidth;
            if (IsInt8)
            {
                scales.Pointer[output] = part.Scales![row];
                ReadOnlySpan<sbyte> source = part.Bytes!.AsSpan(row * Inputs, Inputs);
                for (int i = 0; i < source.Length; i++)
                    ((sbyte*)panel)[i * PanelWidth + lane] = source[i];
            }
            else
            {
                for (int i = 0; i < Inputs; i++)
                    ((float*)panel)[i * PanelWidth + lane] = part[row, i];
            }
        }
    }
}
