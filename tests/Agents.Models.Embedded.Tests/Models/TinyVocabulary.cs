using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Models.Embedded.Tests.Models;

/// <summary>A tokenizer file: the 256 bytes, six control tokens from 256 on, tags, a sentence, and words.</summary>
internal static class TinyVocabulary
{
    public const int Pad = 256, Start = 257, End = 258, System = 259, User = 260, Assistant = 261;

    public static IReadOnlyList<string> Controls { get; } = ["<|pad|>", "<|bos|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>"];

    public static IReadOnlyList<string> Added { get; } = ["<step>", "</step>", "<think>", "</think>", "<answer>", "</answer>", "Think step by step.", "Think step"];

    public static IReadOnlyList<string> Words { get; } = ["the", " the", " apples", " has", "Tom", " and", " gives", " é", "ab"];

    /// <summary>The file for a vocabulary of this size; numbers beyond the words are left without a token.</summary>
    public static string Json(int size)
    {
        var vocabulary = new JsonObject();
        var added = new JsonArray();
        for (int value = 0; value < 256; value++)
            vocabulary[Letter((byte)value)] = value;
        int id = 256;
        foreach (string control in Controls)
            added.Add(new JsonObject { ["id"] = id++, ["content"] = control, ["special"] = true });
        foreach (string text in Added)
            added.Add(new JsonObject { ["id"] = id++, ["content"] = text, ["special"] = false });
        foreach (string word in Words)
            vocabulary[string.Concat(global::System.Text.Encoding.UTF8.GetBytes(word).Select(Letter))] = id++;
        if (id > size)
            throw new ArgumentException($"The words need {id} tokens.", nameof(size));
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = added,
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true },
            ["model"] = new JsonObject { ["type"] = "BPE", ["ignore_merges"] = true, ["vocab"] = vocabulary, ["merges"] = new JsonArray() },
        }.ToJsonString(new JsonSerializerOptions());
    }

    public static Tokenizer Create() => TokenizerFile.Parse(global::System.Text.Encoding.UTF8.GetBytes(Json(300)), 300);

    // Found from the reader's own table, so that the two cannot disagree about which byte is which letter.
    private static string Letter(byte value) => Enumerable.Range(0, 0x150).Select(c => (char)c).First(c => ByteAlphabet.ByteOf(c) == value).ToString();
}
