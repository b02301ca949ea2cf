using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Hosting.Durable;

/// <summary>What an activity is given to make a model call: small, with the prompt by its id, because a history keeps it for good.</summary>
/// <param name="Run">The run's identity.</param>
/// <param name="Model">The served model of the run.</param>
/// <param name="Key">The call's key.</param>
/// <param name="Role">Which model plays.</param>
/// <param name="Index">The sample's index.</param>
/// <param name="Seed">The sample's seed.</param>
/// <param name="Prompt">The id of messages and options, <see cref="PromptText"/>.</param>
/// <param name="Attempt">Which attempt at the call this is, from 1.</param>
public sealed record CallTicket(string Run, string Model, string Key, string Role, int Index, long Seed, string Prompt, int Attempt)
{
    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The ticket as JSON.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, json);

    /// <summary>Reads a ticket.</summary>
    public static CallTicket FromJson(JsonElement ticket) =>
        ticket.Deserialize<CallTicket>(json) ?? throw new ArgumentException("The ticket of the call is empty.", nameof(ticket));

    /// <summary>The text that holds messages and options of a call.</summary>
    public static string PromptText(ModelCall call) => new JsonObject
    {
        ["messages"] = JsonSerializer.SerializeToNode(call.Messages, AIJsonUtilities.DefaultOptions),
        ["options"] = JsonSerializer.SerializeToNode(call.Options, ReasoningJson.Readable.SampleOptions),
    }.ToJsonString();

    /// <summary>Messages and options in such a text.</summary>
    public static (IReadOnlyList<ChatMessage> Messages, SampleOptions Options) ReadPrompt(string text)
    {
        JsonElement root = JsonElement.Parse(text);
        return (root.GetProperty("messages").Deserialize<List<ChatMessage>>(AIJsonUtilities.DefaultOptions)!, root.GetProperty("options").Deserialize(ReasoningJson.Readable.SampleOptions)!);
    }
}
