using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Distillation;

/// <summary>Values that recipes write in their own way.</summary>
internal static class RecipeFields
{
    /// <summary>A member of an enumeration by its name in kebab case.</summary>
    public static T Choice<T>(DocumentFields fields, string name, T missing)
        where T : struct, Enum
    {
        if (!fields.Has(name))
            return missing;
        string text = fields.Text(name);
        foreach (T value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()) == text)
                return value;
        }

        string[] known = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
        throw new DocumentException($"{fields.Path}.{name}", $"there is no '{text}'{DocumentFields.Near(text, known)}");
    }

    /// <summary>A share from 0 to under 1, or 0.</summary>
    public static double Share(DocumentFields fields, string name) => fields.Number(name, 0) is >= 0 and < 1 and var value
        ? value
        : throw new DocumentException($"{fields.Path}.{name}", FormattableString.Invariant($"the share of the test split must be 0 to under 1, found {fields.Number(name, 0)}"));

    /// <summary>A whole number of at least 1, or null.</summary>
    public static int? Positive(DocumentFields fields, string name) => fields.OptionalWhole(name) switch
    {
        null => null,
        >= 1 and var value => value,
        var value => throw new DocumentException($"{fields.Path}.{name}", FormattableString.Invariant($"must be at least 1, found {value}")),
    };
}
