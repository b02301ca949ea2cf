using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI;

/// <summary>
/// Writes a conversation: roles and texts as they are, images as parts. Thinking of earlier turns is left out, as
/// servers that report it want.
/// </summary>
internal static class MessageWriter
{
    public static void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages)
    {
        foreach (ChatMessage message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role.Value);
            if (!string.IsNullOrEmpty(message.AuthorName))
                json.WriteString("name", message.AuthorName);
            if (message.Contents.Any(IsImage))
                WriteParts(json, message);
            else
                json.WriteString("content", message.Text);
            json.WriteEndObject();
        }
    }

    private static bool IsImage(AIContent content) =>
        (content is DataContent data && data.HasTopLevelMediaType("image")) || (content is UriContent link && link.HasTopLevelMediaType("image"));

    private static void WriteParts(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartArray("content");
        foreach (AIContent content in message.Contents)
        {
            if (content is TextContent text)
            {
                json.WriteStartObject();
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                json.WriteEndObject();
            }
            else if (IsImage(content))
            {
                json.WriteStartObject();
                json.WriteString("type", "image_url");
                json.WriteStartObject("image_url");
                json.WriteString("url", content is DataContent data ? data.Uri : ((UriContent)content).Uri.AbsoluteUri);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
