using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agents.Server.Responses;

/// <summary>Reads the input of a response: a text, or items that are messages. What an earlier response put out can be put in again.</summary>
internal static class InputReader
{
    /// <summary>The messages of an input.</summary>
    /// <param name="input">The text or the items.</param>
    /// <param name="name">The parameter's name, for errors.</param>
    /// <param name="most">How many items there may be.</param>
    /// <param name="remoteParameter">Set to the place of a part that only endpoints of the OpenAI API take.</param>
    public static IReadOnlyList<ChatMessage> Read(JsonElement input, string name, int most, ref string? remoteParameter)
    {
        if (input.ValueKind == JsonValueKind.String)
            return [new ChatMessage(ChatRole.User, Parameters.Text(input, name))];
        if (input.ValueKind != JsonValueKind.Array)
            throw ApiException.Invalid(name, $"'{name}' must be a string or an array of items.", "invalid_type");
        if (input.GetArrayLength() > most)
            throw ApiException.Invalid(name, $"'{name}' holds more than {most} items.");
        var messages = new List<ChatMessage>();
        foreach ((int i, JsonElement item) in input.EnumerateArray().Index())
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]");
            string type = Parameters.Find(Parameters.Object(item, place), "type") is { } given ? Parameters.Text(given, place + ".type") : "message";
            // What was thought before an earlier answer is no part of the conversation.
            if (type == "reasoning")
                continue;
            if (type != "message")
                throw ApiException.Unsupported(place + ".type", $"'{place}.type' is '{Parameters.Shown(type)}'; of items only messages are supported.");
            messages.Add(Message(item, place, ref remoteParameter));
        }

        return messages;
    }

    private static ChatMessage Message(JsonElement item, string place, ref string? remoteParameter)
    {
        Parameters.OnlyKnown(item, place + ".", "type", "role", "content", "id", "status", "phase");
        string said = Parameters.Text(Parameters.Find(item, "role") ?? throw Missing(place + ".role"), place + ".role");
        ChatRole role = said switch
        {
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            "system" or "developer" => ChatRole.System,
            _ => throw ApiException.Invalid(place + ".role", $"'{place}.role' is '{Parameters.Shown(said)}'; it must be system, developer, user or assistant."),
        };
        JsonElement content = Parameters.Find(item, "content") ?? throw Missing(place + ".content");
        if (content.ValueKind == JsonValueKind.String)
            return new ChatMessage(role, Parameters.Text(content, place + ".content"));
        var parts = new List<AIContent>();
        foreach ((int i, JsonElement part) in Parameters.Array(content, place + ".content").EnumerateArray().Index())
            parts.Add(Part(part, string.Create(CultureInfo.InvariantCulture, $"{place}.content[{i}]"), role == ChatRole.User, ref remoteParameter));
        return new ChatMessage(role, parts);
    }

    private static AIContent Part(JsonElement part, string at, bool mayShow, ref string? remoteParameter)
    {
        string type = Parameters.Text(Parameters.Find(Parameters.Object(part, at), "type") ?? throw Missing(at + ".type"), at + ".type");
        switch (type)
        {
            case "input_text" or "output_text":
                return new TextContent(Parameters.Text(Parameters.Find(part, "text") ?? throw Missing(at + ".text"), at + ".text"));
            case "refusal":
                return new TextContent(Parameters.Text(Parameters.Find(part, "refusal") ?? throw Missing(at + ".refusal"), at + ".refusal"));
            case "input_image" when mayShow:
                remoteParameter ??= at;
                return MessageReader.Picture(Parameters.Text(Parameters.Find(part, "image_url") ?? throw Missing(at + ".image_url"), at + ".image_url"), at + ".image_url");
            default:
                throw ApiException.Unsupported(at + ".type", $"'{at}.type' is '{Parameters.Shown(type)}', which is not supported here.");
        }
    }

    private static ApiException Missing(string place) => ApiException.Invalid(place, $"'{place}' is missing.", "missing_parameter");
}
