using System.Text.Json;

namespace Agents.Reasoning;

/// <summary>What a prompt's <c>config.json</c> says: declared variables and default execution settings.</summary>
internal sealed record PromptConfig(IReadOnlyList<string> Variables, SampleOptions Options)
{
    public static PromptConfig Parse(string name, string? json)
    {
        if (json is null)
            return new PromptConfig([], SampleOptions.Default);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            JsonElement root = document.RootElement;
            string[] variables = root.TryGetProperty("input_variables", out JsonElement declared)
                ? [.. declared.EnumerateArray().Select(v => v.GetProperty("name").GetString()!)]
                : [];
            SampleOptions options = root.TryGetProperty("execution_settings", out JsonElement settings) && settings.TryGetProperty("default", out JsonElement standard)
                ? OptionsOf(standard)
                : SampleOptions.Default;
            return new PromptConfig(variables, options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"Prompt {name}: config.json cannot be read: {e.Message}", e);
        }
    }

    private static SampleOptions OptionsOf(JsonElement settings) => new()
    {
        Temperature = Number("temperature"u8, settings),
        TopP = Number("top_p"u8, settings),
        MaxOutputTokens = (int?)Number("max_tokens"u8, settings),
        StopSequences = settings.TryGetProperty("stop_sequences"u8, out JsonElement stops) ? [.. stops.EnumerateArray().Select(s => s.GetString()!)] : [],
    };

    private static double? Number(ReadOnlySpan<byte> name, JsonElement settings) =>
        settings.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;
}
