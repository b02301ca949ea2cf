using System.Text.Json;

namespace Agents.Models.Decoding;

/// <summary>What <c>genai_config.json</c> says of generating: where a turn ends, how long a context is, and how to sample by default.</summary>
/// <param name="EndTokens">Tokens that end a turn, at least one.</param>
/// <param name="Context">The context in tokens, or null when not stated.</param>
/// <param name="Temperature">The default temperature: 0 when the file says not to sample.</param>
/// <param name="TopK">The default number of most likely tokens; null for all, and where the file says not to sample.</param>
/// <param name="TopP">The default nucleus mass; null for all, and where the file says not to sample.</param>
internal sealed record GenerationConfig(IReadOnlyList<int> EndTokens, int? Context, double Temperature, int? TopK, double? TopP)
{
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="FormatException">No end token is stated.</exception>
    public static GenerationConfig Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        JsonElement model = Property(root, "model") ?? throw new FormatException("there is no object 'model'.");
        int[] ends = Property(model, "eos_token_id") switch
        {
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(e => e.GetInt32())],
            { ValueKind: JsonValueKind.Number } one => [one.GetInt32()],
            _ => throw new FormatException("model.eos_token_id is missing."),
        };
        JsonElement? search = Property(root, "search");
        bool samples = Property(search, "do_sample")?.ValueKind != JsonValueKind.False;
        double temperature = Number(search, "temperature") ?? 1;
        return new GenerationConfig(
            ends,
            (int?)Number(model, "context_length"),
            samples ? temperature : 0,
            // A file for greedy decoding says top_k 1: that must not bind a caller who asks for a temperature.
            samples && Number(search, "top_k") is { } k and >= 1 ? (int)k : null,
            samples && Number(search, "top_p") is { } p and > 0 and < 1 ? p : null);
    }

    private static JsonElement? Property(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out JsonElement value) ? value : null;

    private static double? Number(JsonElement? parent, string name) =>
        Property(parent, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
}
