using System.Globalization;
using System.Text.Json;

namespace Agents.Models.Onnx;

/// <summary>The sizes that <c>genai_config.json</c> states of a decoder.</summary>
/// <param name="Type">The model's type, which names an architecture to the runtime.</param>
/// <param name="GraphFile">The graph's file.</param>
/// <param name="TokenizerFolder">Where the tokenizer's files lie, below the model's folder; empty for there.</param>
/// <param name="FirstKeyInput">The name of the graph's first cache input.</param>
/// <param name="Layers">Layers.</param>
/// <param name="KeyValueHeads">Heads that have keys and values.</param>
/// <param name="HeadSize">Numbers of one key.</param>
/// <param name="Vocabulary">The width of the logits.</param>
/// <param name="Context">Tokens that prompt and text may have together.</param>
/// <param name="SharesBuffer">Whether past and present lie in one buffer of the full length.</param>
/// <param name="Providers">Providers that the folder asks for, in its order; none for the CPU.</param>
internal sealed record DecoderShape(
    string Type, string GraphFile, string TokenizerFolder, string FirstKeyInput, int Layers, int KeyValueHeads, int HeadSize, int Vocabulary, int Context, bool SharesBuffer, IReadOnlyList<string> Providers)
{
    // The runtime cannot take the caches of these back.
    private static readonly string[] fixedTypes = ["whisper", "phi3v", "decoder-pipeline", "lfm2"];

    /// <summary>Whether the cache can be taken back to an earlier length.</summary>
    public bool CanRewind => !fixedTypes.Contains(Type, StringComparer.Ordinal);

    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="FormatException">Something needed is not stated; the message names it.</exception>
    public static DecoderShape Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement model = Member(document.RootElement, "model", "model");
        JsonElement decoder = Member(model, "decoder", "model.decoder");
        string key = decoder.TryGetProperty("inputs", out JsonElement inputs) && inputs.TryGetProperty("past_key_names", out JsonElement names) && names.GetString() is { } pattern
            ? pattern : "past_key_values.%d.key";
        bool shares = document.RootElement.TryGetProperty("search", out JsonElement search) && search.TryGetProperty("past_present_share_buffer", out JsonElement share) && share.ValueKind == JsonValueKind.True;
        return new DecoderShape(
            Text(model, "type", "model.type"), Text(decoder, "filename", "model.decoder.filename"),
            model.TryGetProperty("tokenizer_dir", out JsonElement tokenizers) ? tokenizers.GetString() ?? "" : "", key.Replace("%d", "0", StringComparison.Ordinal),
            Count(decoder, "num_hidden_layers"), Count(decoder, "num_key_value_heads"), Count(decoder, "head_size"),
            Count(model, "vocab_size", "model"), Count(model, "context_length", "model"), shares, [.. ProvidersOf(decoder)]);
    }

    private static IEnumerable<string> ProvidersOf(JsonElement decoder)
    {
        if (!decoder.TryGetProperty("session_options", out JsonElement session) || !session.TryGetProperty("provider_options", out JsonElement options) || options.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (JsonProperty provider in options.EnumerateArray().Where(o => o.ValueKind == JsonValueKind.Object).SelectMany(o => o.EnumerateObject()))
            yield return provider.Name.ToLowerInvariant();
    }

    private static JsonElement Member(JsonElement parent, string name, string path) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"'{path}' is missing.");

    private static string Text(JsonElement parent, string name, string path) =>
        Member(parent, name, path) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? value : throw new FormatException($"'{path}' must be a text.");

    private static int Count(JsonElement parent, string name, string area = "model.decoder")
    {
        JsonElement value = Member(parent, name, $"{area}.{name}");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count) && count > 0
            ? count
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{area}.{name}' must be a number above 0."));
    }
}
