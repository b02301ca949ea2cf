using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Agents.Models.Onnx;

/// <summary>
/// Reads what tokens stand for from <c>tokenizer.json</c> in the Hugging Face format: byte level (GPT-2, Llama 3, Qwen, Phi-4)
/// and SentencePiece with byte fallback (Llama 2, Phi-3, Gemma, Mistral). Any other decoder is refused, because it would be read wrongly.
/// </summary>
internal static class TokenTableReader
{
    private const string Underline = "▁";

    /// <param name="json">The file.</param>
    /// <param name="size">The width of the model's logits.</param>
    /// <param name="controlsAreText">Whether special tokens stand for their text.</param>
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="FormatException">Not a vocabulary of this kind.</exception>
    public static TokenTable Parse(byte[] json, int size, bool controlsAreText)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("model", out JsonElement model) || !model.TryGetProperty("vocab", out JsonElement vocabulary))
            throw new FormatException("'model.vocab' is missing.");
        bool isByteLevel = Mentions(root, "pre_tokenizer", "ByteLevel") || Mentions(root, "decoder", "ByteLevel");
        if (!isByteLevel && !Mentions(root, "decoder", "Metaspace") && !Mentions(root, "decoder", "ByteFallback") && !Mentions(root, "pre_tokenizer", "Metaspace"))
            throw new FormatException("its decoder is neither ByteLevel nor SentencePiece (Metaspace, ByteFallback): what its tokens stand for is not known here.");

        var words = new List<(int, byte[])>();
        var controls = new Dictionary<int, string>();
        foreach ((string word, int id) in Words(vocabulary))
            words.Add((id, isByteLevel ? ByteLevel(word) : SentencePiece(word)));
        // After the words: an added token may stand in the vocabulary too.
        if (root.TryGetProperty("added_tokens", out JsonElement added))
        {
            foreach (JsonElement token in added.EnumerateArray())
            {
                (string text, int id) = (token.GetProperty("content").GetString()!, token.GetProperty("id").GetInt32());
                if (!controlsAreText && token.TryGetProperty("special", out JsonElement special) && special.ValueKind == JsonValueKind.True)
                    controls[id] = text;
                else
                    words.Add((id, Encoding.UTF8.GetBytes(text)));
            }
        }

        return new TokenTable(words, controls, size);
    }

    /// <summary>A vocabulary is an object of numbers (BPE) or a list of pairs in the order of the numbers (Unigram).</summary>
    private static IEnumerable<(string Word, int Id)> Words(JsonElement vocabulary) => vocabulary.ValueKind == JsonValueKind.Array
        ? vocabulary.EnumerateArray().Select((pair, id) => (pair[0].GetString()!, id))
        : vocabulary.EnumerateObject().Select(entry => (entry.Name, entry.Value.GetInt32()));

    private static byte[] ByteLevel(string word)
    {
        byte[] bytes = new byte[word.Length];
        for (int i = 0; i < word.Length; i++)
        {
            // Some vocabularies hold whole words outside the alphabet; those stand for themselves.
            if (ByteAlphabet.ByteOf(word[i]) is not { } value)
                return Encoding.UTF8.GetBytes(word);
            bytes[i] = value;
        }

        return bytes;
    }

    private static byte[] SentencePiece(string word) =>
        word.Length == 6 && word.StartsWith("<0x", StringComparison.Ordinal) && byte.TryParse(word.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
            ? [value]
            : Encoding.UTF8.GetBytes(word.Replace(Underline, " ", StringComparison.Ordinal));

    /// <summary>Whether a part is of this type, or a sequence that holds one.</summary>
    private static bool Mentions(JsonElement parent, string part, string type) => parent.TryGetProperty(part, out JsonElement value) && IsOf(value, type);

    private static bool IsOf(JsonElement part, string type) => part.ValueKind switch
    {
        JsonValueKind.Object => (part.TryGetProperty("type", out JsonElement name) && name.ValueKind == JsonValueKind.String && name.GetString() == type)
            || part.EnumerateObject().Any(member => member.Value.ValueKind == JsonValueKind.Array && IsOf(member.Value, type)),
        JsonValueKind.Array => part.EnumerateArray().Any(member => IsOf(member, type)),
        _ => false,
    };
}
