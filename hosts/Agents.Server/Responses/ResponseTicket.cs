using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Reasoning.Sqlite;

namespace Agents.Server.Responses;

/// <summary>
/// What is kept of a request for a response: its body, and the conversation that it goes on from. The conversation is copied, so
/// that deleting an earlier response changes no later one.
/// </summary>
/// <param name="Request">The request's body.</param>
/// <param name="History">The conversation before it, as input items.</param>
internal sealed record ResponseTicket(JsonElement Request, JsonElement History)
{
    /// <summary>The operation under which responses are kept among the jobs.</summary>
    public const string Operation = "responses";

    private const string Prefix = "resp_";
    private static readonly JsonElement none = JsonElement.Parse("[]");

    /// <summary>The public id of a run's response.</summary>
    public static string IdOf(string runId) => Prefix + runId;

    /// <summary>The ticket of a request.</summary>
    /// <exception cref="ApiException">It goes on from a response that is not there, is another's, or has no answer.</exception>
    public static ResponseTicket Of(JsonElement body, Caller caller, ServerState state)
    {
        if (Parameters.Find(body, "previous_response_id") is not { } previous)
            return new ResponseTicket(body, none);
        const string Name = "previous_response_id";
        string id = Parameters.Text(previous, Name);
        JobRecord record = Find(id, caller, state) ?? throw new ApiException(400, "invalid_request_error", $"There is no stored response '{Parameters.Shown(id)}'.", Name, "previous_response_not_found");
        if (record.Status != JobStatus.Completed)
            throw ApiException.Invalid(Name, $"The response '{Parameters.Shown(id)}' has no answer to go on from.");
        ResponseTicket before = Read(record);
        JsonArray history = JsonArray.Create(before.History)!;
        JsonElement input = before.Request.GetProperty("input");
        if (input.ValueKind == JsonValueKind.String)
            history.Add(new JsonObject { ["role"] = "user", ["content"] = input.GetString() });
        else
            Append(history, input);
        Append(history, JsonElement.Parse(record.Output!).GetProperty("output"));
        return new ResponseTicket(body, JsonElement.Parse(history.ToJsonString()));
    }

    /// <summary>The record of a caller's response, or null.</summary>
    public static JobRecord? Find(string id, Caller caller, ServerState state) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && state.Jobs.Find(id[Prefix.Length..]) is { } record && record.Owner == caller.Name && RunTicket.Read(record.Request).Operation == Operation ? record : null;

    /// <summary>The ticket of a record.</summary>
    public static ResponseTicket Read(JobRecord record) => FromJson(RunTicket.Read(record.Request).Body);

    /// <summary>Reads a ticket.</summary>
    public static ResponseTicket FromJson(JsonElement ticket) => new(ticket.GetProperty("request"), ticket.GetProperty("history"));

    /// <summary>The ticket as JSON.</summary>
    public JsonElement ToJson() => JsonElement.Parse(Json.Text(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("request");
        Request.WriteTo(json);
        json.WritePropertyName("history");
        History.WriteTo(json);
        json.WriteEndObject();
    }));

    private static void Append(JsonArray history, JsonElement items)
    {
        foreach (JsonElement item in items.EnumerateArray())
        {
            if (Parameters.Find(item, "type") is not { } type || type.GetString() == "message")
                history.Add(JsonNode.Parse(item.GetRawText()));
        }
    }
}
