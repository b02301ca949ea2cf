using System.Text.Json;

namespace Agents.Hosting.Requests;

/// <summary>Reads single parameters of a body; what does not fit is refused by name.</summary>
public static class Parameters
{
    public static string Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? StringOf(value, name) : throw ApiException.Invalid(name, $"'{name}' must be a string.", "invalid_type");

    public static bool Flag(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw ApiException.Invalid(name, $"'{name}' must be true or false.", "invalid_type"),
    };

    public static double Number(JsonElement value, string name, double min, double max)
    {
        if (value.ValueKind != JsonValueKind.Number)
            throw ApiException.Invalid(name, $"'{name}' must be a number.", "invalid_type");
        double number = value.GetDouble();
        return number >= min && number <= max ? number : throw ApiException.Invalid(name, FormattableString.Invariant($"'{name}' must be {min} to {max}."));
    }

    public static long Integer(JsonElement value, string name, long min, long max)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number))
            throw ApiException.Invalid(name, $"'{name}' must be a whole number.", "invalid_type");
        return number >= min && number <= max ? number : throw ApiException.Invalid(name, FormattableString.Invariant($"'{name}' must be {min} to {max}."));
    }

    public static JsonElement Object(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object ? value : throw ApiException.Invalid(name, $"'{name}' must be an object.", "invalid_type");

    public static JsonElement Array(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array ? value : throw ApiException.Invalid(name, $"'{name}' must be an array.", "invalid_type");

    /// <summary>The property, or null where it is absent or null.</summary>
    public static JsonElement? Find(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Refuses every property that is not among the known, by name.</summary>
    public static void OnlyKnown(JsonElement parent, string path, params ReadOnlySpan<string> known)
    {
        foreach (JsonProperty property in parent.EnumerateObject())
        {
            if (!known.Contains(property.Name))
                throw ApiException.Unsupported(path + Shown(property.Name), $"'{path}{Shown(property.Name)}' is not supported. Known: {string.Join(", ", known.ToArray())}.");
        }
    }

    public static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";

    // Half a surrogate pair, escaped, is JSON by its grammar but no text.
    private static string StringOf(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw ApiException.Invalid(name, $"'{name}' holds half a surrogate pair, which is no text.");
        }
    }
}
