using System.ComponentModel;
using System.Globalization;
using System.Text.Json;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>Makes an <see cref="AnswerList"/> of what callers have.</summary>
public sealed class AnswerListConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || sourceType.IsAssignableTo(typeof(IEnumerable<string>));

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text begins like JSON but is no array of strings.</exception>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value switch
    {
        string text => Read(text),
        IEnumerable<string> texts => new AnswerList(texts),
        _ => base.ConvertFrom(context, culture, value),
    };

    private static AnswerList Read(string text)
    {
        if (!text.TrimStart().StartsWith("[\"", StringComparison.Ordinal))
            return new AnswerList(text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        try
        {
            return new AnswerList(JsonSerializer.Deserialize<string[]>(text)!);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The texts are no JSON array of strings: {e.Message}", e);
        }
    }
}
