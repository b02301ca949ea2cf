using System.Text.Json;
using Agents.Answers.Comparison;

namespace Agents.Answers.Extraction;

/// <summary>Finds a JSON value in model text, and the answer field of a JSON object.</summary>
internal static class JsonFinder
{
    private const int MaxLength = 65_536;
    private static readonly string[] Fields = ["final_answer", "finalAnswer", "answer", "result", "solution", "value"];

    /// <summary>The answer field of the last JSON object that has one.</summary>
    public static (string Value, Span Span)? Field(string text, Span within)
    {
        if (!text.AsSpan(within.Start, within.Length).Contains("\":", StringComparison.Ordinal) && !text.AsSpan(within.Start, within.Length).Contains("\" :", StringComparison.Ordinal)) return null;
        if (Value(text, within, '{') is not { } span) return null;
        using JsonDocument? document = JsonComparer.Parse(text[span.Start..span.End]);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object) return null;
        foreach (string field in Fields)
        {
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!property.Name.Equals(field, StringComparison.OrdinalIgnoreCase) || property.Value.ValueKind == JsonValueKind.Null) continue;
                string value = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() ?? string.Empty : property.Value.GetRawText();
                return string.IsNullOrWhiteSpace(value) ? null : (value, span);
            }
        }

        return null;
    }

    /// <summary>The last outermost JSON object or array in the span.</summary>
    public static Span? Last(string text, Span within)
    {
        Span? a = Value(text, within, '{'), b = Value(text, within, '[');
        Span? best = a is null || (b is { } y && a is { } x && (y.End > x.End || (y.Start < x.Start && y.End >= x.End))) ? b : a;
        if (best is not { } span) return null;
        using JsonDocument? document = JsonComparer.Parse(text[span.Start..span.End]);
        return document is null ? null : span;
    }

    /// <summary>Backward from the last closing bracket to the one that opens it; strings are skipped by counting from the front.</summary>
    private static Span? Value(string text, Span within, char open)
    {
        char close = open == '{' ? '}' : ']';
        int end = text.LastIndexOf(close, Math.Max(0, within.End - 1), within.Length);
        if (end < 0) return null;
        int depth = 0;
        for (int i = end; i >= Math.Max(within.Start, end - MaxLength); i--)
        {
            if (text[i] == close) depth++;
            else if (text[i] == open && --depth == 0) return new Span(i, end + 1);
        }

        return null;
    }
}
