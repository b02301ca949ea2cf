using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI;

/// <summary>A caller's tools and the values that pass through them, as JSON.</summary>
internal static class ToolJson
{
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>The <c>tools</c> field; null when there is no tool that the wire knows.</summary>
    public static JsonElement? Tools(IEnumerable<AITool>? tools)
    {
        JsonNode[] declared =
        [
            .. (tools ?? []).OfType<AIFunctionDeclaration>().Select(f => new JsonObject
            {
                ["type"] = "function",
                ["function"] = new JsonObject
                {
                    ["name"] = f.Name,
                    ["description"] = f.Description,
                    ["parameters"] = JsonNode.Parse(f.JsonSchema.GetRawText()),
                },
            }),
        ];
        return declared.Length == 0 ? null : JsonElement.Parse(new JsonArray(declared).ToJsonString());
    }

    /// <summary>The <c>tool_choice</c> field; null for the model's own choice.</summary>
    public static JsonElement? Choice(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => JsonElement.Parse("\"none\""),
        RequiredChatToolMode { RequiredFunctionName: { } name } => JsonElement.Parse(new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name } }.ToJsonString()),
        RequiredChatToolMode => JsonElement.Parse("\"required\""),
        AutoChatToolMode => JsonElement.Parse("\"auto\""),
        _ => null,
    };

    /// <summary>A tool's result, or an argument, as text.</summary>
    public static string Text(object? value) => value as string ?? JsonSerializer.Serialize(value, Compact.GetTypeInfo(typeof(object)));

    /// <summary>The arguments of a call as a JSON object.</summary>
    public static string Arguments(IDictionary<string, object?>? arguments) =>
        JsonSerializer.Serialize(arguments ?? new Dictionary<string, object?>(), Compact.GetTypeInfo(typeof(IDictionary<string, object?>)));
}
