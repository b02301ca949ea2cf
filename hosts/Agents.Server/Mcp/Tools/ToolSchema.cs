using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Server.Mcp.Tools;

/// <summary>JSON schemas of tools, in the part of the language that every client's model reads.</summary>
internal static class ToolSchema
{
    public static JsonObject Text(string about) => new() { ["type"] = "string", ["description"] = about };

    public static JsonObject Flag(string about) => new() { ["type"] = "boolean", ["description"] = about };

    public static JsonObject OneOf(string about, IEnumerable<string> choices) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. choices.Select(c => (JsonNode)c)]), ["description"] = about };

    public static JsonObject Whole(string about, long min, long max) => new() { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max, ["description"] = about };

    public static JsonObject Number(string about, double? min = null, double? max = null)
    {
        var schema = new JsonObject { ["type"] = "number", ["description"] = about };
        if (min is { } least)
            schema["minimum"] = least;
        if (max is { } most)
            schema["maximum"] = most;
        return schema;
    }

    public static JsonObject List(string about, JsonObject items, int least = 0)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = items, ["description"] = about };
        if (least > 0)
            schema["minItems"] = least;
        return schema;
    }

    /// <summary>A value that may be null, which is how results say that there is none. Two branches, because some clients know no list of types.</summary>
    public static JsonObject Nullable(JsonObject schema)
    {
        JsonNode? about = schema["description"];
        schema.Remove("description");
        return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }), ["description"] = about };
    }

    /// <summary>An object with any names in it.</summary>
    public static JsonObject Open(string about) => new() { ["type"] = "object", ["additionalProperties"] = true, ["description"] = about };

    /// <summary>An object with these names and no others.</summary>
    public static JsonObject Object(IReadOnlyList<string> required, params IEnumerable<(string Name, JsonObject Schema)> properties)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Name, p.Schema))), ["additionalProperties"] = false };
        if (required.Count > 0)
            schema["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        return schema;
    }

    public static JsonElement Element(JsonObject schema) => JsonElement.Parse(schema.ToJsonString());
}
