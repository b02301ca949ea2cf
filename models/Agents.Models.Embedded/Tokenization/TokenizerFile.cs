using System.Text.Json;

namespace Agents.Models.Embedded;

/// <summary>
/// Reads <c>tokenizer.json</c> in the Hugging Face format, of which it knows the part that the models here use: BPE that looks
/// whole words up and has no merges, byte level, no normaliser. Anything else is refused, because it would be read wrongly.
/// </summary>
internal static class TokenizerFile
{
    /// <param name="json">The file.</param>
    /// <param name="size">The model's vocabulary size.</param>
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="FormatException">Not a tokenizer of this kind.</exception>
    public static Tokenizer Parse(byte[] json, int size)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        JsonElement model = Required(root, "model");
        Expect(model, "type", "BPE");
        if (model.TryGetProperty("merges", out JsonElement merges) && merges.GetArrayLength() > 0)
            throw new FormatException("model.merges is not empty; this reader knows whole words and bytes only.");
        if (root.TryGetProperty("normalizer", out JsonElement normalizer) && normalizer.ValueKind != JsonValueKind.Null)
            throw new FormatException("normalizer is set; this reader knows none.");
        ExpectByteLevel(Required(root, "pre_tokenizer"));

        var added = new List<(string, int)>();
        var controls = new List<(string, int)>();
        if (root.TryGetProperty("added_tokens", out JsonElement list))
        {
            foreach (JsonElement token in list.EnumerateArray())
                (IsSpecial(token) ? controls : added).Add((Text(token, "content"), Required(token, "id").GetInt32()));
        }

        HashSet<int> taken = [.. added.Concat(controls).Select(t => t.Item2)];
        IEnumerable<(byte[], int)> words = Required(model, "vocab").EnumerateObject()
            .Select(entry => (entry.Name, Id: entry.Value.GetInt32()))
            .Where(entry => !taken.Contains(entry.Id))
            .Select(entry => (BytesOf(entry.Name), entry.Id));
        return new Tokenizer(words, added, controls, size);
    }

    private static bool IsSpecial(JsonElement token) => token.TryGetProperty("special", out JsonElement special) && special.ValueKind == JsonValueKind.True;

    private static byte[] BytesOf(string word)
    {
        byte[] bytes = new byte[word.Length];
        for (int i = 0; i < word.Length; i++)
            bytes[i] = ByteAlphabet.ByteOf(word[i]) ?? throw new FormatException($"the word '{word}' has a character outside the byte alphabet.");
        return bytes;
    }

    private static void ExpectByteLevel(JsonElement preTokenizer)
    {
        Expect(preTokenizer, "type", "ByteLevel");
        if (preTokenizer.TryGetProperty("add_prefix_space", out JsonElement prefix) && prefix.ValueKind != JsonValueKind.False)
            throw new FormatException("pre_tokenizer.add_prefix_space is not false.");
        if (preTokenizer.TryGetProperty("use_regex", out JsonElement regex) && regex.ValueKind != JsonValueKind.True)
            throw new FormatException("pre_tokenizer.use_regex is not true.");
    }

    private static void Expect(JsonElement parent, string name, string value)
    {
        if (Text(parent, name) is { } found && found != value)
            throw new FormatException($"{name} is '{found}'; this reader knows '{value}'.");
    }

    private static string Text(JsonElement parent, string name) => Required(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()!
        : throw new FormatException($"'{name}' is not a string.");

    private static JsonElement Required(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"'{name}' is missing.");
}
