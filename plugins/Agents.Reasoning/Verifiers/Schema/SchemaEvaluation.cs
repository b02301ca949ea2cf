using System.Globalization;
using System.Text.Json;

namespace Agents.Reasoning.Verifiers;

/// <summary>Judges values by a reviewed schema. Problems name the place in the value as a JSON pointer (RFC 6901).</summary>
internal sealed class SchemaEvaluation(JsonElement root)
{
    /// <summary>The first problem, or null.</summary>
    public string? Problem(JsonElement schema, JsonElement value, string place)
    {
        if (schema.ValueKind == JsonValueKind.True)
            return null;
        if (schema.ValueKind == JsonValueKind.False)
            return Said(place, "nothing is allowed here");
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (Problem(schema, keyword.Name, keyword.Value, value, place) is { } problem)
                return problem;
        }

        return null;
    }

    private string? Problem(JsonElement schema, string name, JsonElement stated, JsonElement value, string place) => name switch
    {
        "$ref" => Problem(SchemaKeywords.Resolve(root, stated.GetString()!)!.Value, value, place),
        "type" => IsOfType(stated, value) ? null : Said(place, $"{stated.GetRawText()} was expected, found {Kind(value)}"),
        "enum" => stated.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)) ? null : Said(place, $"not one of {stated.GetRawText()}"),
        "const" => JsonElement.DeepEquals(stated, value) ? null : Said(place, $"not {stated.GetRawText()}"),
        "allOf" => stated.EnumerateArray().Select(s => Problem(s, value, place)).FirstOrDefault(p => p is not null),
        "anyOf" => Fitting(stated, value, place) > 0 ? null : Said(place, "fits none of the alternatives"),
        "oneOf" => Fitting(stated, value, place) is var fitting && fitting == 1 ? null : Said(place, string.Create(CultureInfo.InvariantCulture, $"fits {fitting} of the alternatives instead of one")),
        "not" => Problem(stated, value, place) is null ? Said(place, "fits what it must not") : null,
        _ => value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(schema, name, stated, value, place),
            JsonValueKind.Array => OfArray(schema, name, stated, value, place),
            JsonValueKind.String => OfString(name, stated, value, place),
            JsonValueKind.Number => OfNumber(name, stated, value, place),
            _ => null,
        },
    };

    private string? OfObject(JsonElement schema, string name, JsonElement stated, JsonElement value, string place)
    {
        switch (name)
        {
            case "required":
                return stated.EnumerateArray().Select(r => r.GetString()!).FirstOrDefault(r => !value.TryGetProperty(r, out _)) is { } missing ? Said(place, $"'{missing}' is missing") : null;
            case "properties":
                return stated.EnumerateObject().Select(p => value.TryGetProperty(p.Name, out JsonElement inner) ? Problem(p.Value, inner, Below(place, p.Name)) : null).FirstOrDefault(p => p is not null);
            case "additionalProperties":
                JsonElement known = schema.TryGetProperty("properties", out JsonElement properties) ? properties : default;
                return value.EnumerateObject().Where(p => known.ValueKind != JsonValueKind.Object || !known.TryGetProperty(p.Name, out _))
                    .Select(p => Problem(stated, p.Value, Below(place, p.Name))).FirstOrDefault(p => p is not null);
            case "minProperties" or "maxProperties":
                return Count(name, stated, value.EnumerateObject().Count(), place, "properties");
            default:
                return null;
        }
    }

    private string? OfArray(JsonElement schema, string name, JsonElement stated, JsonElement value, string place)
    {
        int prefix = schema.TryGetProperty("prefixItems", out JsonElement first) ? first.GetArrayLength() : 0;
        switch (name)
        {
            case "prefixItems":
                return Enumerable.Range(0, Math.Min(prefix, value.GetArrayLength())).Select(i => Problem(stated[i], value[i], Below(place, i))).FirstOrDefault(p => p is not null);
            case "items":
                return value.EnumerateArray().Skip(prefix).Select((item, i) => Problem(stated, item, Below(place, i + prefix))).FirstOrDefault(p => p is not null);
            case "minItems" or "maxItems":
                return Count(name, stated, value.GetArrayLength(), place, "items");
            case "uniqueItems" when stated.GetBoolean():
                JsonElement[] items = [.. value.EnumerateArray()];
                for (int i = 1; i < items.Length; i++)
                {
                    if (items.Take(i).Any(earlier => JsonElement.DeepEquals(earlier, items[i])))
                        return Said(Below(place, i), "stands there twice");
                }

                return null;
            default:
                return null;
        }
    }

    private static string? OfString(string name, JsonElement stated, JsonElement value, string place) => name switch
    {
        // Characters as people count them: one for each code point.
        "minLength" or "maxLength" => Count(name, stated, value.GetString()!.EnumerateRunes().Count(), place, "characters"),
        "pattern" => SchemaKeywords.Pattern(stated.GetString()!).IsMatch(value.GetString()!) ? null : Said(place, $"does not match {stated.GetRawText()}"),
        _ => null,
    };

    private static string? OfNumber(string name, JsonElement stated, JsonElement value, string place)
    {
        bool holds = name switch
        {
            "minimum" => Compare(value, stated) >= 0,
            "maximum" => Compare(value, stated) <= 0,
            "exclusiveMinimum" => Compare(value, stated) > 0,
            "exclusiveMaximum" => Compare(value, stated) < 0,
            "multipleOf" => value.TryGetDecimal(out decimal number) && stated.TryGetDecimal(out decimal step) && step > 0 ? number % step == 0 : Math.IEEERemainder(value.GetDouble(), stated.GetDouble()) == 0,
            _ => true,
        };
        return holds ? null : Said(place, $"{value.GetRawText()} breaks {name} {stated.GetRawText()}");
    }

    private int Fitting(JsonElement schemas, JsonElement value, string place) => schemas.EnumerateArray().Count(s => Problem(s, value, place) is null);

    private static bool IsOfType(JsonElement stated, JsonElement value) => stated.ValueKind == JsonValueKind.Array
        ? stated.EnumerateArray().Any(t => IsOfType(t, value))
        : stated.GetString() switch
        {
            "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetDecimal(out decimal number) ? number == decimal.Truncate(number) : value.GetDouble() is var large && double.IsInteger(large)),
            var type => type == Kind(value),
        };

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private static int Compare(JsonElement a, JsonElement b) =>
        a.TryGetDecimal(out decimal x) && b.TryGetDecimal(out decimal y) ? x.CompareTo(y) : a.GetDouble().CompareTo(b.GetDouble());

    private static string? Count(string name, JsonElement stated, int count, string place, string what)
    {
        int limit = stated.GetInt32();
        return (name.StartsWith("min", StringComparison.Ordinal) ? count >= limit : count <= limit) ? null : Said(place, string.Create(CultureInfo.InvariantCulture, $"{count} {what} break {name} {limit}"));
    }

    private static string Below(string place, string name) => $"{place}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static string Below(string place, int index) => string.Create(CultureInfo.InvariantCulture, $"{place}/{index}");

    private static string Said(string place, string what) => place.Length == 0 ? what : $"{place}: {what}";
}
