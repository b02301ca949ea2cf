using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agents.Hosting.Requests;

/// <summary>Reads a conversation: every role and every turn stays what it is.</summary>
public static class MessageReader
{
    /// <summary>The messages of a request.</summary>
    /// <param name="messages">The field.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="remoteParameter">Set to the place of a part that only endpoints of the OpenAI API take.</param>
    public static IReadOnlyList<ChatMessage> Read(JsonElement messages, int most, ref string? remoteParameter)
    {
        if (Parameters.Array(messages, "messages").GetArrayLength() is var count && (count == 0 || count > most))
            throw ApiException.Invalid("messages", $"'messages' must hold 1 to {most} messages.");
        var read = new List<ChatMessage>(count);
        foreach ((int i, JsonElement message) in messages.EnumerateArray().Index())
            read.Add(Message(message, string.Create(CultureInfo.InvariantCulture, $"messages[{i}]"), ref remoteParameter));
        return read;
    }

    private static ChatMessage Message(JsonElement message, string place, ref string? remoteParameter)
    {
        Parameters.Object(message, place);
        Parameters.OnlyKnown(message, place + ".", "role", "content", "name", "tool_calls", "tool_call_id", "refusal", "reasoning_content", "annotations", "audio", "function_call");
        foreach (string unsupported in (ReadOnlySpan<string>)["audio", "function_call"])
        {
            if (Parameters.Find(message, unsupported) is not null)
                throw ApiException.Unsupported($"{place}.{unsupported}", $"'{place}.{unsupported}' is not supported.");
        }

        string role = Parameters.Find(message, "role") is { } given ? Parameters.Text(given, place + ".role") : throw Missing(place + ".role");
        JsonElement? content = Parameters.Find(message, "content");
        switch (role)
        {
            case "system" or "developer":
                return Named(message, place, new ChatMessage(ChatRole.System, Contents(content ?? throw Missing(place + ".content"), place, mayShow: false, ref remoteParameter)));
            case "user":
                return Named(message, place, new ChatMessage(ChatRole.User, Contents(content ?? throw Missing(place + ".content"), place, mayShow: true, ref remoteParameter)));
            case "assistant":
                List<AIContent> said = content is { } text ? Contents(text, place, mayShow: false, ref remoteParameter) : [];
                if (Parameters.Find(message, "tool_calls") is { } calls)
                    said.AddRange(Calls(calls, place, ref remoteParameter));
                // A refusal is what the assistant said.
                else if (said.Count == 0)
                    said.Add(new TextContent(Parameters.Find(message, "refusal") is { } refusal ? Parameters.Text(refusal, place + ".refusal") : throw Missing(place + ".content")));
                return Named(message, place, new ChatMessage(ChatRole.Assistant, said));
            case "tool":
                remoteParameter ??= "messages";
                string id = Parameters.Text(Parameters.Find(message, "tool_call_id") ?? throw Missing(place + ".tool_call_id"), place + ".tool_call_id");
                string result = string.Concat(Contents(content ?? throw Missing(place + ".content"), place, mayShow: false, ref remoteParameter).OfType<TextContent>().Select(t => t.Text));
                return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id, result)]);
            default:
                throw ApiException.Invalid(place + ".role", $"'{place}.role' is '{Parameters.Shown(role)}'; it must be system, developer, user, assistant or tool.");
        }
    }

    private static ChatMessage Named(JsonElement message, string place, ChatMessage read)
    {
        if (Parameters.Find(message, "name") is { } name)
            read.AuthorName = Parameters.Text(name, place + ".name");
        return read;
    }

    private static List<AIContent> Contents(JsonElement content, string message, bool mayShow, ref string? remoteParameter)
    {
        string place = message + ".content";
        if (content.ValueKind == JsonValueKind.String)
            return [new TextContent(Parameters.Text(content, place))];
        if (content.ValueKind != JsonValueKind.Array)
            throw ApiException.Invalid(place, $"'{place}' must be a string or an array of parts.", "invalid_type");
        var contents = new List<AIContent>();
        foreach ((int i, JsonElement part) in content.EnumerateArray().Index())
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]");
            string type = Parameters.Text(Parameters.Find(Parameters.Object(part, at), "type") ?? throw Missing(at + ".type"), at + ".type");
            contents.Add(type switch
            {
                "text" => new TextContent(Parameters.Text(Parameters.Find(part, "text") ?? throw Missing(at + ".text"), at + ".text")),
                "refusal" => new TextContent(Parameters.Text(Parameters.Find(part, "refusal") ?? throw Missing(at + ".refusal"), at + ".refusal")),
                "image_url" when mayShow => Image(part, at, ref remoteParameter),
                _ => throw ApiException.Unsupported(at + ".type", $"'{at}.type' is '{Parameters.Shown(type)}', which is not supported here."),
            });
        }

        return contents;
    }

    private static DataContent Image(JsonElement part, string at, ref string? remoteParameter)
    {
        remoteParameter ??= at;
        string place = at + ".image_url.url";
        return Picture(Parameters.Text(Parameters.Find(Parameters.Object(Parameters.Find(part, "image_url") ?? throw Missing(at + ".image_url"), at + ".image_url"), "url") ?? throw Missing(place), place), place);
    }

    /// <summary>A picture that stands in the request itself.</summary>
    /// <param name="url">Its data address.</param>
    /// <param name="place">Where it stands, for errors.</param>
    public static DataContent Picture(string url, string place)
    {
        // Only what stands in the request itself: an address would make the upstream fetch it on the caller's behalf.
        if (!url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
            throw ApiException.Unsupported(place, $"'{place}' must be a data:image/… address: this server lets nobody fetch addresses of a request.");
        try
        {
            return new DataContent(url);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or FormatException)
        {
            throw ApiException.Invalid(place, $"'{place}' is no data address that can be read.");
        }
    }

    private static List<AIContent> Calls(JsonElement calls, string message, ref string? remoteParameter)
    {
        remoteParameter ??= message + ".tool_calls";
        var read = new List<AIContent>();
        foreach ((int i, JsonElement call) in Parameters.Array(calls, message + ".tool_calls").EnumerateArray().Index())
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{message}.tool_calls[{i}]");
            JsonElement function = Parameters.Object(Parameters.Find(Parameters.Object(call, place), "function") ?? throw Missing(place + ".function"), place + ".function");
            string arguments = Parameters.Find(function, "arguments") is { } given ? Parameters.Text(given, place + ".function.arguments") : "{}";
            try
            {
                read.Add(new FunctionCallContent(
                    Parameters.Text(Parameters.Find(call, "id") ?? throw Missing(place + ".id"), place + ".id"),
                    Parameters.Text(Parameters.Find(function, "name") ?? throw Missing(place + ".function.name"), place + ".function.name"),
                    arguments.Length == 0 ? null : Parameters.Object(JsonElement.Parse(arguments), place + ".function.arguments").EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value)));
            }
            catch (JsonException)
            {
                throw ApiException.Invalid(place + ".function.arguments", $"'{place}.function.arguments' is no JSON.");
            }
        }

        return read;
    }

    private static ApiException Missing(string place) => ApiException.Invalid(place, $"'{place}' is missing.", "missing_parameter");
}
