using System.Text.Json;
using System.Text.RegularExpressions;

namespace Agents.Reasoning.Verifiers;

/// <summary>What the keywords of the subset are, and how references and patterns are read.</summary>
internal static class SchemaKeywords
{
    /// <summary>Keywords that say something about a value and hold a number of the given kind.</summary>
    public static readonly string[] Counts = ["minProperties", "maxProperties", "minItems", "maxItems", "minLength", "maxLength"];

    public static readonly string[] Limits = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

    /// <summary>Keywords whose schemas judge the same value.</summary>
    public static readonly string[] Combinations = ["allOf", "anyOf", "oneOf"];

    public static readonly string[] Others = ["$ref", "$defs", "type", "enum", "const", "properties", "required", "additionalProperties", "items", "prefixItems", "uniqueItems", "pattern", "not"];

    /// <summary>Keywords that say nothing about a value.</summary>
    public static readonly string[] Annotations = ["$schema", "$id", "$comment", "$anchor", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "format", "contentEncoding", "contentMediaType"];

    public static readonly string[] Types = ["null", "boolean", "object", "array", "number", "string", "integer"];

    /// <summary>The schema that a reference within the document names (RFC 6901), or null.</summary>
    public static JsonElement? Resolve(JsonElement root, string reference)
    {
        if (reference is "#")
            return root;
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
            return null;
        JsonElement at = root;
        foreach (string part in Uri.UnescapeDataString(reference[2..]).Split('/'))
        {
            string name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            bool found = at.ValueKind switch
            {
                JsonValueKind.Object => at.TryGetProperty(name, out at),
                JsonValueKind.Array => int.TryParse(name, out int index) && index >= 0 && index < at.GetArrayLength() && (at = at[index]).ValueKind != JsonValueKind.Undefined,
                _ => false,
            };
            if (!found)
                return null;
        }

        return at;
    }

    /// <summary>A pattern without backtracking: matching takes time linear in the text, whatever the pattern.</summary>
    public static Regex Pattern(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
