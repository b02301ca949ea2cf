using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Server.Channels;

/// <summary>
/// An activity of the Activity protocol, as far as this server reads it. Fields that it does not know are passed over: the protocol
/// is open, and each channel adds its own.
/// </summary>
internal sealed record Activity
{
    public required string Type { get; init; }

    public required string? Id { get; init; }

    /// <summary>Where replies go; not to be used before the gate has checked it.</summary>
    public required Uri ServiceUrl { get; init; }

    public required string ChannelId { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>Whether it is a chat of one person with the agent, where replies can be streamed.</summary>
    public required bool IsPersonal { get; init; }

    /// <summary>What was said, without the mention of the agent that a group needs.</summary>
    public required string Text { get; init; }

    /// <summary>The name of an invocation, such as <c>adaptiveCard/action</c>.</summary>
    public required string? Name { get; init; }

    /// <summary>What a card or an invocation carries.</summary>
    public required JsonElement? Value { get; init; }

    /// <summary>Whether replies belong into the answer to this request.</summary>
    public required bool ExpectsReplies { get; init; }

    private JsonElement Conversation { get; init; }

    private JsonElement? From { get; init; }

    private JsonElement? Recipient { get; init; }

    /// <summary>Reads an activity.</summary>
    /// <exception cref="ApiException">A field that is needed is missing or wrong.</exception>
    public static Activity Read(JsonElement root)
    {
        JsonElement conversation = Parameters.Object(Parameters.Find(root, "conversation") ?? throw Missing("conversation"), "conversation");
        string conversationId = Needed(conversation, "id", "conversation.id");
        if (conversationId.Length > 1024 || conversationId.All(c => c == '.'))
            throw ApiException.Invalid("conversation.id", "'conversation.id' is no id of a conversation.");
        string service = Needed(root, "serviceUrl", "serviceUrl");
        JsonElement? recipient = Account(root, "recipient");
        return new Activity
        {
            Type = Needed(root, "type", "type"),
            Id = Optional(root, "id"),
            ServiceUrl = Uri.TryCreate(service, UriKind.Absolute, out Uri? url) ? url : throw ApiException.Invalid("serviceUrl", "'serviceUrl' is no address."),
            ChannelId = Needed(root, "channelId", "channelId"),
            ConversationId = conversationId,
            IsPersonal = Optional(conversation, "conversationType") == "personal",
            Text = WithoutMention(Optional(root, "text") ?? "", root, recipient).Trim(),
            Name = Optional(root, "name"),
            Value = Parameters.Find(root, "value"),
            ExpectsReplies = Optional(root, "deliveryMode") == "expectReplies",
            Conversation = conversation,
            From = Account(root, "from"),
            Recipient = recipient,
        };
    }

    /// <summary>An activity of this type into the same conversation, from the agent to whoever wrote.</summary>
    public JsonObject Reply(string type)
    {
        var reply = new JsonObject
        {
            ["type"] = type,
            ["channelId"] = ChannelId,
            ["serviceUrl"] = ServiceUrl.OriginalString,
            ["conversation"] = JsonObject.Create(Conversation),
        };
        if (Recipient is { } agent)
            reply["from"] = JsonObject.Create(agent);
        if (From is { } person)
            reply["recipient"] = JsonObject.Create(person);
        if (Id is { } id)
            reply["replyToId"] = id;
        return reply;
    }

    // In a group the agent is asked by mentioning it; the mention is no part of the question.
    private static string WithoutMention(string text, JsonElement root, JsonElement? recipient)
    {
        if (recipient is not { } agent || Optional(agent, "id") is not { } id || Parameters.Find(root, "entities") is not { ValueKind: JsonValueKind.Array } entities)
            return text;
        foreach (JsonElement entity in entities.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object && Optional(e, "type") == "mention"))
        {
            if (Account(entity, "mentioned") is { } mentioned && Optional(mentioned, "id") == id && Optional(entity, "text") is { Length: > 0 } words)
                text = text.Replace(words, "", StringComparison.Ordinal);
        }

        return text;
    }

    private static JsonElement? Account(JsonElement parent, string name) =>
        Parameters.Find(parent, name) is { ValueKind: JsonValueKind.Object } account ? account : null;

    private static string Needed(JsonElement parent, string name, string place) =>
        Parameters.Find(parent, name) is { } value && Parameters.Text(value, place) is { Length: > 0 } text ? text : throw Missing(place);

    private static string? Optional(JsonElement parent, string name) => Parameters.Find(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static ApiException Missing(string place) => ApiException.Invalid(place, $"'{place}' is missing.", "missing_parameter");
}
