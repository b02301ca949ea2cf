namespace Agents.Models.Embedded;

/// <summary>
/// The keys and values of one text as a list of blocks. A fork shares them; the first write to a shared block copies it, which
/// only ever concerns the last one. One thread at a time.
/// </summary>
internal sealed unsafe class KeyValueSequence(KeyValuePool pool, int context) : IDisposable
{
    private readonly KeyValueBlock[] blocks = new KeyValueBlock[(context + KeyValueBlock.Positions - 1) / KeyValueBlock.Positions];
    private readonly nint[] addresses = new nint[(context + KeyValueBlock.Positions - 1) / KeyValueBlock.Positions];
    private int count;

    /// <summary>Positions that hold keys and values.</summary>
    public int Length { get; private set; }

    public KeyValueBlock this[int block] => blocks[block];

    /// <summary>The address of each block's first number.</summary>
    public ReadOnlySpan<nint> Addresses => addresses.AsSpan(0, count);

    /// <summary>A sequence with the same beginning.</summary>
    public KeyValueSequence Fork()
    {
        var fork = new KeyValueSequence(pool, context);
        for (int i = 0; i < count; i++)
            fork.Append(blocks[i].Hold());
        fork.Length = Length;
        return fork;
    }

    /// <summary>Takes a full block over; its hold passes to this sequence. Only at a block's boundary.</summary>
    public void Adopt(KeyValueBlock block)
    {
        Append(block);
        Length += KeyValueBlock.Positions;
    }

    /// <summary>Makes room for the next <paramref name="positions"/> positions, which then count as held.</summary>
    public void Extend(int positions)
    {
        if (Length % KeyValueBlock.Positions != 0 && blocks[count - 1].IsShared)
        {
            KeyValueBlock shared = blocks[count - 1], own = pool.Rent();
            own.CopyFrom(shared);
            shared.Release();
            count--;
            Append(own);
        }

        Length += positions;
        while (count * KeyValueBlock.Positions < Length)
            Append(pool.Rent());
    }

    /// <summary>Gives the blocks up.</summary>
    public void Dispose()
    {
        for (int i = 0; i < count; i++)
            blocks[i].Release();
        (count, Length) = (0, 0);
    }

    private void Append(KeyValueBlock block)
    {
        blocks[count] = block;
        addresses[count++] = (nint)block.Pointer;
    }
}
