using System.Text;

namespace Agents.Models.Embedded;

/// <summary>
/// Text to tokens and back. A pre-token that is in the vocabulary is one token, any other is its single bytes: no merges are
/// applied. Control tokens are never recognised in text, so that no text can forge a turn. Every text can be encoded, and
/// decoding gives it back, except that unpaired surrogates become U+FFFD. Immutable, thread-safe.
/// </summary>
internal sealed class Tokenizer : ITokenTable
{
    private readonly Dictionary<string, int> words = new(StringComparer.Ordinal);
    private readonly int[] byteTokens = new int[256];
    private readonly byte[][] bytes;
    private readonly AddedTokens added;
    private readonly Dictionary<string, int> controls;

    /// <param name="vocabulary">Words as their bytes, with their tokens; every single byte is among them.</param>
    /// <param name="added">Texts matched before words are.</param>
    /// <param name="controls">Tokens that stand for no text.</param>
    /// <param name="size">The vocabulary's size.</param>
    /// <exception cref="FormatException">A byte has no token, or a token is out of range.</exception>
    public Tokenizer(IEnumerable<(byte[] Bytes, int Id)> vocabulary, IReadOnlyList<(string Text, int Id)> added, IReadOnlyList<(string Text, int Id)> controls, int size)
    {
        bytes = new byte[size][];
        Array.Fill(byteTokens, -1);
        foreach ((byte[] word, int id) in vocabulary)
        {
            Claim(id, word);
            words[Latin1(word)] = id;
            if (word.Length == 1)
                byteTokens[word[0]] = id;
        }

        foreach ((string text, int id) in added)
            Claim(id, Encoding.UTF8.GetBytes(text));
        foreach ((_, int id) in controls)
            Claim(id, []);
        int missing = Array.IndexOf(byteTokens, -1);
        if (missing >= 0)
            throw new FormatException($"the vocabulary has no token for the byte 0x{missing:X2}.");
        this.added = new AddedTokens(added);
        this.controls = controls.ToDictionary(c => c.Text, c => c.Id, StringComparer.Ordinal);
        // A number that no token has stands for no text either.
        Controls = [.. controls.Select(c => c.Id).Concat(Enumerable.Range(0, size).Where(id => bytes[id] is null))];
        foreach (int id in Controls)
            bytes[id] = [];
    }

    /// <summary>The number of tokens.</summary>
    public int Size => bytes.Length;

    /// <summary>Tokens that stand for no text, those ending a turn among them.</summary>
    public IReadOnlyList<int> Controls { get; }

    /// <summary>The control token of this name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public int Control(string name) => controls.TryGetValue(name, out int id) ? id : throw new FormatException($"the control token {name} is missing.");

    /// <summary>The bytes a token stands for; none for a control token and for a number that no token has.</summary>
    public ReadOnlySpan<byte> BytesOf(int token) => bytes[token];

    /// <summary>The token's text; bytes that are no whole character become U+FFFD.</summary>
    public string TextOf(int token) => Encoding.UTF8.GetString(bytes[token]);

    /// <summary>The tokens of a text, appended to <paramref name="tokens"/>.</summary>
    /// <returns>How many words there were, and how many of them the vocabulary does not hold.</returns>
    public WordCount Encode(ReadOnlySpan<char> text, List<int> tokens)
    {
        var count = new WordCount();
        while (!text.IsEmpty)
        {
            (int Start, int Length, int Id)? found = added.FindFirst(text);
            count += EncodeWords(text[..(found?.Start ?? text.Length)], tokens);
            if (found is not { } token)
                break;
            tokens.Add(token.Id);
            text = text[(token.Start + token.Length)..];
        }

        return count;
    }

    private WordCount EncodeWords(ReadOnlySpan<char> text, List<int> tokens)
    {
        var count = new WordCount();
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        while (!text.IsEmpty)
        {
            ReadOnlySpan<char> piece = text[..PreTokenizer.FirstPiece(text)];
            byte[] utf8 = new byte[Encoding.UTF8.GetByteCount(piece)];
            Encoding.UTF8.GetBytes(piece, utf8);
            bool isKnown = known.TryGetValue(Latin1(utf8), out int id);
            if (isKnown)
                tokens.Add(id);
            else
            {
                foreach (byte value in utf8)
                    tokens.Add(byteTokens[value]);
            }

            if (PreTokenizer.HasLetter(piece))
                count += new WordCount(1, isKnown ? 0 : 1);
            text = text[piece.Length..];
        }

        return count;
    }

    private void Claim(int id, byte[] word)
    {
        if ((uint)id >= (uint)bytes.Length)
            throw new FormatException($"token {id} is outside the vocabulary of {bytes.Length}.");
        if (bytes[id] is not null)
            throw new FormatException($"token {id} is there twice.");
        bytes[id] = word;
    }

    private static string Latin1(byte[] word) => Encoding.Latin1.GetString(word);
}

/// <summary>Words of a text, and those among them that the vocabulary does not hold.</summary>
internal readonly record struct WordCount(int Words, int Unknown)
{
    public static WordCount operator +(WordCount a, WordCount b) => new(a.Words + b.Words, a.Unknown + b.Unknown);
}
