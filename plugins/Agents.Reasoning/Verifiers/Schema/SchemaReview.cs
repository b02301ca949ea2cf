using System.Text.Json;

namespace Agents.Reasoning.Verifiers;

/// <summary>Reads a schema once, before it is used: every keyword known and well-formed, every reference there, none in a circle.</summary>
internal sealed class SchemaReview(JsonElement root)
{
    // Schemas by the text of the reference that led to them: reviewed once each.
    private readonly HashSet<string> followed = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">Something is wrong; the message says where and what.</exception>
    public void Check() => Check(root, "#", []);

    /// <param name="schema">A schema.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="same">The references followed so far without going down into the value: coming back to one would never end.</param>
    private void Check(JsonElement schema, string place, IReadOnlyList<string> same)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return;
        if (schema.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{place} must be an object, true or false.");
        foreach (JsonProperty keyword in schema.EnumerateObject())
            CheckKeyword(keyword.Name, keyword.Value, $"{place}/{keyword.Name}", same);
    }

    private void CheckKeyword(string name, JsonElement value, string place, IReadOnlyList<string> same)
    {
        if (SchemaKeywords.Annotations.Contains(name))
            return;
        if (SchemaKeywords.Counts.Contains(name))
            Require(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count) && count >= 0, place, "a whole number from 0");
        else if (SchemaKeywords.Limits.Contains(name))
            Require(value.ValueKind == JsonValueKind.Number && (name != "multipleOf" || value.GetDouble() > 0), place, name == "multipleOf" ? "a number above 0" : "a number");
        else if (SchemaKeywords.Combinations.Contains(name))
            CheckList(value, place, same);
        else
            CheckOther(name, value, place, same);
    }

    private void CheckOther(string name, JsonElement value, string place, IReadOnlyList<string> same)
    {
        switch (name)
        {
            case "$ref":
                Require(value.ValueKind == JsonValueKind.String, place, "a reference");
                Follow(value.GetString()!, place, same);
                break;
            case "type":
                Require(Strings(value) is { Length: > 0 } types && types.All(SchemaKeywords.Types.Contains), place, "one or several of " + string.Join(", ", SchemaKeywords.Types));
                break;
            case "enum":
                Require(value.ValueKind == JsonValueKind.Array, place, "a list");
                break;
            case "required":
                Require(value.ValueKind == JsonValueKind.Array && Strings(value) is not null, place, "a list of names");
                break;
            case "uniqueItems":
                Require(value.ValueKind is JsonValueKind.True or JsonValueKind.False, place, "true or false");
                break;
            case "pattern":
                Require(value.ValueKind == JsonValueKind.String && IsPattern(value.GetString()!), place, "a regular expression without look-around and back-references");
                break;
            case "properties" or "$defs":
                Require(value.ValueKind == JsonValueKind.Object, place, "an object");
                foreach (JsonProperty property in value.EnumerateObject())
                    Check(property.Value, $"{place}/{property.Name}", []);
                break;
            case "prefixItems":
                CheckList(value, place, []);
                break;
            case "items" or "additionalProperties":
                Check(value, place, []);
                break;
            case "not":
                Check(value, place, same);
                break;
            case "const":
                break;
            default:
                throw new FormatException($"the keyword '{name}' at {place} is outside the supported subset of JSON Schema.");
        }
    }

    private void CheckList(JsonElement value, string place, IReadOnlyList<string> same)
    {
        Require(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0, place, "a list of schemas");
        for (int i = 0; i < value.GetArrayLength(); i++)
            Check(value[i], FormattableString.Invariant($"{place}/{i}"), same);
    }

    private void Follow(string reference, string place, IReadOnlyList<string> same)
    {
        if (SchemaKeywords.Resolve(root, reference) is not { } target)
            throw new FormatException($"{place} refers to '{reference}', which is not in this document.");
        if (same.Contains(reference))
            throw new FormatException($"{place} refers to '{reference}', which comes back to itself without end.");
        // Below a followed reference only circles without a step down into the value remain to be found.
        if (followed.Add(reference) || same.Count > 0)
            Check(target, reference, [.. same, reference]);
    }

    private static string[]? Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(v => v.GetString()!)],
        _ => null,
    };

    private static bool IsPattern(string pattern)
    {
        try
        {
            SchemaKeywords.Pattern(pattern);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static void Require(bool holds, string place, string expected)
    {
        if (!holds)
            throw new FormatException($"{place} must be {expected}.");
    }
}
