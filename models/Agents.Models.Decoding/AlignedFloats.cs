namespace Agents.Models.Decoding;

/// <summary>Numbers at a fixed address on a cache line's boundary, so that kernels may use pointers. Not cleared.</summary>
internal sealed unsafe class AlignedFloats
{
    private const int Alignment = 64;

    // Held so that the memory lives as long as this object does.
    private readonly float[] pinned;

    public AlignedFloats(int length, bool isCleared = false)
    {
        int padded = length + Alignment / sizeof(float);
        pinned = isCleared ? GC.AllocateArray<float>(padded, pinned: true) : GC.AllocateUninitializedArray<float>(padded, pinned: true);
        Length = length;
        Pointer = (float*)Aligned((nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref pinned[0]));
    }

    public float* Pointer { get; }

    public int Length { get; }

    public Span<float> Span => new(Pointer, Length);

    public static nint Aligned(nint address) => (address + Alignment - 1) & -Alignment;
}
