using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Functions.Orchestrations;

/// <summary>What a person decided about an answer. Whatever does not plainly approve rejects.</summary>
internal static class Approval
{
    private const int MaxText = 1000;

    /// <summary>Nobody decided in time.</summary>
    public static JsonElement TimedOut { get; } = JsonElement.Parse("""{"decision":"timed_out"}""");

    /// <summary>The decision in an event: <c>true</c>, or an object with <c>approved</c> and perhaps <c>by</c> and <c>comment</c>.</summary>
    public static JsonElement Read(JsonElement given)
    {
        bool isObject = given.ValueKind == JsonValueKind.Object;
        bool isApproved = given.ValueKind == JsonValueKind.True || (isObject && given.TryGetProperty("approved", out JsonElement approved) && approved.ValueKind == JsonValueKind.True);
        var decision = new JsonObject { ["decision"] = isApproved ? "approved" : "rejected" };
        foreach (string name in (ReadOnlySpan<string>)["by", "comment"])
        {
            if (isObject && given.TryGetProperty(name, out JsonElement said) && said.ValueKind == JsonValueKind.String && said.GetString() is { } text)
                decision[name] = text.Length <= MaxText ? text : text[..MaxText];
        }

        return JsonElement.Parse(decision.ToJsonString());
    }
}
