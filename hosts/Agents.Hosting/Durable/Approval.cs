using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Requests;

namespace Agents.Hosting.Durable;

/// <summary>
/// A person's word on an answer before it counts, whichever host waits for it: how it is asked for (<c>"approval":{"seconds":S}</c>
/// in a body), the event that brings it, and what was decided. Whatever does not plainly approve rejects.
/// </summary>
public static class Approval
{
    /// <summary>The event that approves or rejects an answer: <c>{"approved":true,"by":"…","comment":"…"}</c>.</summary>
    public const string EventName = "Approval";

    private const double Longest = 30 * 86_400;
    private const int MaxText = 1000;

    /// <summary>Nobody decided in time.</summary>
    public static JsonElement TimedOut { get; } = JsonElement.Parse("""{"decision":"timed_out"}""");

    /// <summary>Takes the field <c>approval</c> out of a body: a strategy knows nothing of it.</summary>
    /// <param name="body">The body; set to what is left of it.</param>
    /// <returns>How long a person is waited for, or null for no approval.</returns>
    /// <exception cref="ApiException">The field is wrong.</exception>
    public static TimeSpan? Take(ref JsonElement body)
    {
        if (Parameters.Find(body, "approval") is not { } approval)
            return null;
        Parameters.OnlyKnown(Parameters.Object(approval, "approval"), "approval.", "seconds");
        JsonElement seconds = Parameters.Find(approval, "seconds") ?? throw ApiException.Invalid("approval.seconds", "'approval.seconds' is needed: how long a person is waited for.", "missing_parameter");
        JsonObject rest = JsonObject.Create(body)!;
        rest.Remove("approval");
        body = JsonElement.Parse(rest.ToJsonString());
        return TimeSpan.FromSeconds(Parameters.Number(seconds, "approval.seconds", 0.001, Longest));
    }

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
