using System.Runtime.InteropServices;

namespace Agents.Models.Embedded;

/// <summary>
/// Keys and values of texts that were run, by their tokens: a tree whose edges are blocks of 16 tokens. What begins like an
/// earlier text starts from its blocks. Holds so many blocks; those longest unused go first. Thread-safe.
/// </summary>
/// <param name="pool">Where sequences get blocks.</param>
/// <param name="maxBlocks">The most blocks held; 0 for none.</param>
/// <param name="context">The most positions of a sequence.</param>
internal sealed class PrefixCache(KeyValuePool pool, int maxBlocks, int context)
{
    private const int Block = KeyValueBlock.Positions;

    private readonly Lock gate = new();
    private readonly Node root = new("", null, null);
    private readonly LinkedList<Node> recent = [];

    /// <summary>Blocks held.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return recent.Count;
        }
    }

    /// <summary>A sequence that begins with the longest known beginning of the tokens, shorter than all of them.</summary>
    public KeyValueSequence Begin(ReadOnlySpan<int> tokens)
    {
        var sequence = new KeyValueSequence(pool, context);
        if (maxBlocks == 0)
            return sequence;
        lock (gate)
        {
            Node node = root;
            for (int at = 0; at + Block < tokens.Length && node.Next.TryGetValue(Key(tokens.Slice(at, Block)), out Node? next); at += Block)
            {
                node = next;
                sequence.Adopt(node.Block!.Hold());
            }

            Touch(node);
        }

        return sequence;
    }

    /// <summary>Keeps the whole blocks of a text that was run.</summary>
    public void Keep(ReadOnlySpan<int> tokens, KeyValueSequence sequence)
    {
        if (maxBlocks == 0)
            return;
        lock (gate)
        {
            Node node = root;
            int length = Math.Min(tokens.Length, sequence.Length);
            for (int at = 0; at + Block <= length; at += Block)
            {
                string key = Key(tokens.Slice(at, Block));
                if (!node.Next.TryGetValue(key, out Node? next))
                {
                    next = new Node(key, node, sequence[at / Block].Hold());
                    node.Next.Add(key, next);
                    recent.AddFirst(next.Place);
                }

                node = next;
            }

            Touch(node);
            while (recent.Count > maxBlocks)
                Drop(recent.Last!.Value);
        }
    }

    // From the leaf up, so that a parent is always more recent than its children and the last one is always a leaf.
    private void Touch(Node leaf)
    {
        for (Node node = leaf; node.Parent is not null; node = node.Parent)
        {
            recent.Remove(node.Place);
            recent.AddFirst(node.Place);
        }
    }

    private void Drop(Node leaf)
    {
        recent.Remove(leaf.Place);
        leaf.Parent!.Next.Remove(leaf.Key);
        leaf.Block!.Release();
    }

    private static string Key(ReadOnlySpan<int> tokens) => new(MemoryMarshal.Cast<int, char>(tokens));

    private sealed class Node
    {
        public Node(string key, Node? parent, KeyValueBlock? block)
        {
            (Key, Parent, Block) = (key, parent, block);
            Place = new LinkedListNode<Node>(this);
        }

        public string Key { get; }

        public Node? Parent { get; }

        public KeyValueBlock? Block { get; }

        public LinkedListNode<Node> Place { get; }

        public Dictionary<string, Node> Next { get; } = new(StringComparer.Ordinal);
    }
}
