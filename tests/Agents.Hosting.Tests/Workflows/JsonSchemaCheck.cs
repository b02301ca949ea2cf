using System.Text.Json;
using System.Text.RegularExpressions;

namespace Agents.Hosting.Tests.Workflows;

/// <summary>
/// Whether a value satisfies a JSON Schema, for the keywords that the schema of workflows uses; any other keyword fails the test
/// instead of being passed over.
/// </summary>
/// <param name="root">The schema.</param>
internal sealed class JsonSchemaCheck(JsonElement root)
{
    private static readonly string[] annotations = ["$schema", "title", "description", "$defs"];

    public bool Holds(JsonElement value) => Holds(root, value);

    private bool Holds(JsonElement schema, JsonElement value) => schema.EnumerateObject().All(keyword => annotations.Contains(keyword.Name) || Holds(keyword.Name, keyword.Value, schema, value));

    private bool Holds(string keyword, JsonElement rule, JsonElement schema, JsonElement value)
    {
        bool isNumber = value.ValueKind == JsonValueKind.Number, isText = value.ValueKind == JsonValueKind.String, isList = value.ValueKind == JsonValueKind.Array, isObject = value.ValueKind == JsonValueKind.Object;
        return keyword switch
        {
            "$ref" => Holds(Resolve(rule.GetString()!), value),
            "anyOf" => rule.EnumerateArray().Any(s => Holds(s, value)),
            "not" => !Holds(rule, value),
            "const" => JsonElement.DeepEquals(rule, value),
            "enum" => rule.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)),
            "type" => rule.GetString() switch
            {
                "object" => isObject,
                "array" => isList,
                "string" => isText,
                "number" => isNumber,
                "integer" => isNumber && double.IsInteger(value.GetDouble()),
                "null" => value.ValueKind == JsonValueKind.Null,
                var other => throw new NotSupportedException(other),
            },
            "minimum" => !isNumber || value.GetDouble() >= rule.GetDouble(),
            "maximum" => !isNumber || value.GetDouble() <= rule.GetDouble(),
            "exclusiveMinimum" => !isNumber || value.GetDouble() > rule.GetDouble(),
            "exclusiveMaximum" => !isNumber || value.GetDouble() < rule.GetDouble(),
            "minLength" => !isText || value.GetString()!.Length >= rule.GetInt32(),
            "maxLength" => !isText || value.GetString()!.Length <= rule.GetInt32(),
            "pattern" => !isText || Regex.IsMatch(value.GetString()!, rule.GetString()!.Replace("$", "\\z", StringComparison.Ordinal)),
            "minItems" => !isList || value.GetArrayLength() >= rule.GetInt32(),
            "maxItems" => !isList || value.GetArrayLength() <= rule.GetInt32(),
            "prefixItems" => !isList || rule.EnumerateArray().Zip(value.EnumerateArray()).All(pair => Holds(pair.First, pair.Second)),
            "items" => !isList || value.EnumerateArray().Skip(schema.TryGetProperty("prefixItems", out JsonElement prefix) ? prefix.GetArrayLength() : 0).All(item => Holds(rule, item)),
            "required" => !isObject || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "minProperties" => !isObject || value.EnumerateObject().Count() >= rule.GetInt32(),
            "maxProperties" => !isObject || value.EnumerateObject().Count() <= rule.GetInt32(),
            "properties" => !isObject || value.EnumerateObject().All(p => !rule.TryGetProperty(p.Name, out JsonElement s) || Holds(s, p.Value)),
            "propertyNames" => !isObject || value.EnumerateObject().All(p => Holds(rule, JsonSerializer.SerializeToElement(p.Name))),
            "additionalProperties" => !isObject || value.EnumerateObject().All(p => IsDeclared(schema, p.Name) || (rule.ValueKind != JsonValueKind.False && Holds(rule, p.Value))),
            _ => throw new NotSupportedException($"The check does not know the keyword '{keyword}'."),
        };
    }

    private static bool IsDeclared(JsonElement schema, string name) => schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(name, out _);

    private JsonElement Resolve(string reference) => reference["#/".Length..].Split('/').Aggregate(root, (at, name) => at.GetProperty(name));
}
