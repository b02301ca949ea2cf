using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Server.OpenAI;

/// <summary>
/// Reads a reply that may call tools. Calls are the answer: their names and arguments as JSON, in one order, so that replies
/// which call the same with equal arguments vote together. A reply without calls is its text.
/// </summary>
/// <param name="text">Reads replies without calls.</param>
internal sealed class ToolCallExtractor(IAnswerExtractor text) : IAnswerExtractor
{
    public Answer? Extract(Sample sample, AnswerKind expected) =>
        !sample.IsOk ? null
        : CallsOf(sample) is not { } calls ? text.Extract(sample, expected)
        : Canonical(calls) is { } canonical ? Answer.Parse(canonical, AnswerKind.Json) : null;

    /// <summary>The calls of a sample, as JSON; null where it makes none.</summary>
    public static string? CallsOf(Sample sample) => sample.Outcome.Metadata.GetValueOrDefault(OutcomeMetadata.ToolCalls);

    /// <summary>Calls without their ids, in ordinal order; null where arguments are no JSON: such a call cannot be carried out.</summary>
    private static string? Canonical(string calls)
    {
        var canonical = new List<string>();
        foreach (JsonElement call in JsonElement.Parse(calls).EnumerateArray())
        {
            if (call.ValueKind != JsonValueKind.Object || !call.TryGetProperty("function", out JsonElement function) || !function.TryGetProperty("name", out JsonElement name))
                return null;
            string arguments = function.TryGetProperty("arguments", out JsonElement given) ? given.ValueKind == JsonValueKind.String ? given.GetString()! : given.GetRawText() : "{}";
            try
            {
                canonical.Add(new JsonObject { ["name"] = name.GetString(), ["arguments"] = Sorted(JsonNode.Parse(arguments.Length == 0 ? "{}" : arguments)) }.ToJsonString());
            }
            catch (JsonException)
            {
                return null;
            }
        }

        return $"[{string.Join(',', canonical.Order(StringComparer.Ordinal))}]";
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new KeyValuePair<string, JsonNode?>(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
