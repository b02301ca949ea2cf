using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Answers;

namespace Agents.Server.OpenAI;

/// <summary>
/// One JSON value from several, field by field: an object has the fields that more than half of the objects have, each with the
/// consensus of its values; what is no object is the plurality by equal value, ties to the first seen. Where samples each have
/// another field wrong, the consensus can be right although no sample is.
/// </summary>
internal static class JsonConsensus
{
    /// <summary>The consensus of values, at least one.</summary>
    public static JsonNode? Of(IReadOnlyList<JsonElement> values)
    {
        JsonElement[] objects = [.. values.Where(v => v.ValueKind == JsonValueKind.Object)];
        return 2 * objects.Length > values.Count ? Fields(objects) : Node(Plurality(values));
    }

    private static JsonObject Fields(JsonElement[] objects)
    {
        var consensus = new JsonObject();
        foreach (string name in objects.SelectMany(o => o.EnumerateObject().Select(p => p.Name)).Distinct(StringComparer.Ordinal))
        {
            JsonElement[] values = [.. objects.Where(o => o.TryGetProperty(name, out _)).Select(o => o.GetProperty(name))];
            if (2 * values.Length > objects.Length)
                consensus[name] = Of(values);
        }

        return consensus;
    }

    private static JsonElement Plurality(IReadOnlyList<JsonElement> values)
    {
        VoteTally votes = VoteTally.Count(values.Select((v, i) => new Ballot(i, Answer.Parse(v.GetRawText(), AnswerKind.Json))));
        return values[votes.Leader!.Voters[0]];
    }

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
