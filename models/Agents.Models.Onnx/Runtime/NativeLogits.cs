using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace Agents.Models.Onnx;

/// <summary>
/// Reads and writes the logits of a generator: functions of the runtime's C interface that its C# package does not show
/// (decision 22). Logits are 32-bit numbers of the last position, rows × vocabulary, whatever the model's number type.
/// </summary>
internal static unsafe partial class NativeLogits
{
    private const string Library = "onnxruntime-genai";

    /// <summary>Copies the logits of all rows.</summary>
    /// <param name="generator">A generator that has read tokens.</param>
    /// <param name="logits">rows × vocabulary.</param>
    public static void Read(Generator generator, Span<float> logits)
    {
        Check(OgaGenerator_GetLogits(HandleOf(generator), out nint tensor));
        try
        {
            Check(OgaTensorGetData(tensor, out nint data));
            new ReadOnlySpan<float>((void*)data, logits.Length).CopyTo(logits);
        }
        finally
        {
            OgaDestroyTensor(tensor);
            GC.KeepAlive(generator);
        }
    }

    /// <summary>Puts logits in the place of those that the model computed; the next token is chosen by them.</summary>
    public static void Write(Generator generator, float[] logits, int rows)
    {
        long[] shape = [rows, 1, logits.Length / rows];
        fixed (float* data = logits)
        fixed (long* sizes = shape)
        {
            Check(OgaCreateTensorFromBuffer((nint)data, sizes, (nuint)shape.Length, (long)ElementType.float32, out nint tensor));
            try
            {
                Check(OgaGenerator_SetLogits(HandleOf(generator), tensor));
            }
            finally
            {
                OgaDestroyTensor(tensor);
            }
        }

        GC.KeepAlive(generator);
    }

    private static void Check(nint result)
    {
        if (result == 0)
            return;
        string message = Marshal.PtrToStringUTF8(OgaResultGetError(result)) ?? "the runtime gave no reason";
        OgaDestroyResult(result);
        throw new OnnxModelException(message);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_generatorHandle")]
    private static extern ref nint Field(Generator generator);

    private static nint HandleOf(Generator generator) => Field(generator);

    [LibraryImport(Library)]
    private static partial nint OgaGenerator_GetLogits(nint generator, out nint tensor);

    [LibraryImport(Library)]
    private static partial nint OgaGenerator_SetLogits(nint generator, nint tensor);

    [LibraryImport(Library)]
    private static partial nint OgaCreateTensorFromBuffer(nint data, long* shape, nuint rank, long type, out nint tensor);

    [LibraryImport(Library)]
    private static partial nint OgaTensorGetData(nint tensor, out nint data);

    [LibraryImport(Library)]
    private static partial void OgaDestroyTensor(nint tensor);

    [LibraryImport(Library)]
    private static partial nint OgaResultGetError(nint result);

    [LibraryImport(Library)]
    private static partial void OgaDestroyResult(nint result);
}
