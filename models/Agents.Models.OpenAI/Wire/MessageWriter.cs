using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI;

/// <summary>
/// Writes a conversation: roles and texts as they are, images as parts, tool calls and
/// their results in their own fields. Thinking of earlier turns is left out, as
/// servers that report it want.
/// </summary>
internal static class MessageWriter
{
    public static void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages)
    {
        foreach (ChatMessage message in messages)
        {
            if (message.Contents.OfType<FunctionResultContent>().Any())
            {
                WriteResults(json, message);
                continue;
            }

            json.WriteStartObject();
            json.WriteString("role", message.Role.Value);
            if (!string.IsNullOrEmpty(message.AuthorName))
                json.WriteString("name", message.AuthorName);
            if (message.Contents.Any(IsImage))
                WriteParts(json, message);
            else
                json.WriteString("content", message.Text);
            WriteCalls(json, message);
            json.WriteEndObject();
        }
    }

    // One message a result: the wire has no message with several.
    private static void WriteResults(Utf8JsonWriter json, ChatMessage message)
    {
        foreach (FunctionResultContent result in message.Contents.OfType<FunctionResultContent>())
        {
            json.WriteStartObject();
            json.WriteString("role", "tool");
            json.WriteString("tool_call_id", result.CallId);
            json.WriteString("content", ToolJson.Text(result.Result));
            json.WriteEndObject();
        }
    }

    private static void WriteCalls(Utf8JsonWriter json, ChatMessage message)
    {
        FunctionCallContent[] calls = [.. message.Contents.OfType<FunctionCallContent>()];
        if (calls.Length == 0)
            return;
        json.WriteStartArray("tool_calls");
        foreach (FunctionCallContent call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id", call.CallId);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", call.Name);
            json.WriteString("arguments", ToolJson.Arguments(call.Arguments));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
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
