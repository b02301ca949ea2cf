namespace Agents.Models.Embedded;

/// <summary>Texts that are one token wherever they stand, such as tags and the instruction sentences of prompts: the leftmost wins, then the longest.</summary>
internal sealed class AddedTokens
{
    private readonly Node root = new();

    public AddedTokens(IEnumerable<(string Text, int Id)> tokens)
    {
        foreach ((string text, int id) in tokens)
        {
            Node node = root;
            foreach (char letter in text)
            {
                if (!node.Next.TryGetValue(letter, out Node? next))
                    node.Next[letter] = next = new Node();
                node = next;
            }

            node.Id = id;
        }
    }

    /// <summary>Where the first one in the text begins, how long it is and which; null when there is none.</summary>
    public (int Start, int Length, int Id)? FindFirst(ReadOnlySpan<char> text)
    {
        for (int start = 0; start < text.Length; start++)
        {
            (int Length, int Id)? longest = null;
            Node node = root;
            for (int at = start; at < text.Length && node.Next.TryGetValue(text[at], out Node? next); at++)
            {
                node = next;
                if (node.Id is { } id)
                    longest = (at + 1 - start, id);
            }

            if (longest is { } found)
                return (start, found.Length, found.Id);
        }

        return null;
    }

    private sealed class Node
    {
        public Dictionary<char, Node> Next { get; } = [];

        public int? Id { get; set; }
    }
}
