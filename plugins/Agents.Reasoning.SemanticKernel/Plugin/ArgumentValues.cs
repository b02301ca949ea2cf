using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>Reads values of <see cref="KernelArguments"/>, whether they came as numbers, text or JSON; what cannot be read is refused by name.</summary>
internal static class ArgumentValues
{
    public static double? Number(KernelArguments arguments, string name, double min, double max)
    {
        if (Text(arguments, name) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= min && number <= max
            ? number
            : throw Refused(name, FormattableString.Invariant($"a number from {min} to {max}"), text);
    }

    public static long? Integer(KernelArguments arguments, string name, long min, long max)
    {
        if (Text(arguments, name) is not { } text)
            return null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number == decimal.Truncate(number) && number >= min && number <= max
            ? (long)number
            : throw Refused(name, FormattableString.Invariant($"a whole number from {min} to {max}"), text);
    }

    /// <summary>Pairs of names: a dictionary, a JSON object, or text such as <c>solver=expert, judge=expert</c>.</summary>
    public static IReadOnlyList<(string Name, string Value)> Pairs(KernelArguments arguments, string name)
    {
        if (!arguments.TryGetValue(name, out object? value) || value is null)
            return [];
        if (value is IEnumerable<KeyValuePair<string, string>> typed)
            return [.. typed.Select(p => (p.Key, p.Value))];
        string text = Text(arguments, name)!;
        try
        {
            return text.TrimStart().StartsWith('{')
                ? [.. JsonSerializer.Deserialize<Dictionary<string, string>>(text)!.Select(p => (p.Key, p.Value))]
                : [.. text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Pair)];
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Refused(name, "pairs such as \"solver=expert, judge=expert\"", text);
        }
    }

    /// <summary>The value as text, invariant; null where there is none.</summary>
    public static string? Text(KernelArguments arguments, string name) => arguments.TryGetValue(name, out object? value) ? value switch
    {
        null => null,
        string text => text,
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
        JsonElement json => json.GetRawText(),
        JsonNode node => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    } : null;

    public static ArgumentException Refused(string name, string allowed, string given) =>
        new($"The argument '{name}' must be {allowed}, not '{(given.Length > 60 ? given[..60] + "…" : given)}'.", name);

    /// <summary>An argument that cannot be used as things are, for a reason of its own.</summary>
    public static ArgumentException Unusable(string name, string message) => new(message, name);

    private static (string, string) Pair(string text) =>
        text.Split('=', StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } value] ? (name, value) : throw new FormatException();
}
