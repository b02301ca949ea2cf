using System.Text;

namespace Agents.Models.Onnx;

/// <summary>
/// The bytes of every token. The runtime's own decoding drops what follows a byte that is no character, so ids are decoded here.
/// </summary>
internal sealed class TokenTable : ITokenTable
{
    private readonly byte[][] bytes;

    /// <param name="words">Tokens with their bytes.</param>
    /// <param name="controls">Tokens that stand for no text, with their names.</param>
    /// <param name="size">The vocabulary's size.</param>
    /// <exception cref="FormatException">A token is out of range.</exception>
    public TokenTable(IEnumerable<(int Id, byte[] Bytes)> words, IReadOnlyDictionary<int, string> controls, int size)
    {
        bytes = new byte[size][];
        foreach ((int id, byte[] word) in words)
            bytes[Checked(id)] = word;
        foreach (int id in controls.Keys)
            bytes[Checked(id)] = [];
        Controls = [.. controls.Keys.Concat(Enumerable.Range(0, size).Where(id => bytes[id] is null)).Order()];
        foreach (int id in Controls)
            bytes[id] = [];
        ControlTexts = [.. controls.Values.Where(text => text.Length > 1).Distinct(StringComparer.Ordinal)];
    }

    public int Size => bytes.Length;

    public IReadOnlyList<int> Controls { get; }

    /// <summary>The texts that the runtime's tokenizer would turn into control tokens.</summary>
    public IReadOnlyList<string> ControlTexts { get; }

    public ReadOnlySpan<byte> BytesOf(int token) => bytes[token];

    public string TextOf(int token) => Encoding.UTF8.GetString(bytes[token]);

    private int Checked(int id) => (uint)id < (uint)bytes.Length ? id : throw new FormatException($"token {id} is outside the vocabulary of {bytes.Length}.");
}
