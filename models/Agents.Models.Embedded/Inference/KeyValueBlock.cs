namespace Agents.Models.Embedded;

/// <summary>
/// Keys and values of 16 positions, all layers. Keys lie [layer, head, number, position], so that 16 scores are one register;
/// values lie [layer, head, position, number]. Shared by counting its holders; written only while there is one.
/// </summary>
internal sealed unsafe class KeyValueBlock(KeyValuePool pool, int length)
{
    public const int Positions = Lanes.Count;

    private readonly AlignedFloats numbers = new(length);
    private int holders = 1;

    public float* Pointer => numbers.Pointer;

    public bool IsShared => Volatile.Read(ref holders) > 1;

    public KeyValueBlock Hold()
    {
        Interlocked.Increment(ref holders);
        return this;
    }

    /// <summary>One holder less; the last one gives the block back to its pool.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref holders) > 0)
            return;
        holders = 1;
        pool.Return(this);
    }

    public void CopyFrom(KeyValueBlock other) => other.numbers.Span.CopyTo(numbers.Span);
}
