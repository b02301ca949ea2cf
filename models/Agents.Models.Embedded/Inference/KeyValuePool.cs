using System.Collections.Concurrent;

namespace Agents.Models.Embedded;

/// <summary>Blocks for reuse, so that generating allocates nothing once it is warm. Thread-safe.</summary>
internal sealed class KeyValuePool(ModelShape shape)
{
    private const int MaxFree = 1024;

    private readonly ConcurrentStack<KeyValueBlock> free = new();

    /// <summary>Numbers of a value row: the head's width, padded to whole registers.</summary>
    public int ValueWidth { get; } = Lanes.Padded(shape.HeadWidth);

    /// <summary>Numbers of a head's keys in one block.</summary>
    public int KeySize { get; } = shape.HeadWidth * KeyValueBlock.Positions;

    /// <summary>Numbers of a head's values in one block.</summary>
    public int ValueSize => ValueWidth * KeyValueBlock.Positions;

    /// <summary>Where the keys of a layer and head begin in a block.</summary>
    public int KeyAt(int layer, int head) => (layer * shape.KeyValueHeads + head) * KeySize;

    /// <summary>Where the values of a layer and head begin in a block.</summary>
    public int ValueAt(int layer, int head) => shape.Layers * shape.KeyValueHeads * KeySize + (layer * shape.KeyValueHeads + head) * ValueSize;

    public KeyValueBlock Rent() =>
        free.TryPop(out KeyValueBlock? block) ? block : new KeyValueBlock(this, shape.Layers * shape.KeyValueHeads * (KeySize + ValueSize));

    public void Return(KeyValueBlock block)
    {
        if (free.Count < MaxFree)
            free.Push(block);
    }
}
