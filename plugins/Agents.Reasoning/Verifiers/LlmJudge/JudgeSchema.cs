using System.Text.Json;

namespace Agents.Reasoning.Verifiers;

/// <summary>The JSON schemas of verdicts. Fixed, so that a backend compiles each once; the nonce goes into <c>id</c>.</summary>
internal static class JudgeSchema
{
    private static readonly JsonElement yesNo = Parse("""{"type":"string","enum":["yes","no"]}""");
    private static readonly JsonElement points = Parse("""{"type":"number"}""");

    /// <summary>The schema of a scale's verdicts. The check comes first: a verdict written before it would not rest on it.</summary>
    public static JsonElement Of(JudgeScale scale) => scale == JudgeScale.YesNo ? yesNo : points;

    private static JsonElement Parse(string verdict)
    {
        using var document = JsonDocument.Parse($$"""{"type":"object","properties":{"reasoning":{"type":"string"},"id":{"type":"string"},"verdict":{{verdict}}},"required":["reasoning","id","verdict"],"additionalProperties":false}""");
        return document.RootElement.Clone();
    }
}
