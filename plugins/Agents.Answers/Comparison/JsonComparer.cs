using System.Text.Json;

namespace Agents.Answers.Comparison;

/// <summary>Compares JSON values: numbers by value, objects without order, strings as they are.</summary>
internal static class JsonComparer
{
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 32, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Null when either text is no JSON.</summary>
    public static Equivalence? Compare(string left, string right)
    {
        using JsonDocument? a = Parse(left), b = Parse(right);
        if (a is null || b is null) return null;
        return JsonElement.DeepEquals(a.RootElement, b.RootElement) ? Equivalence.Equal : Equivalence.Different;
    }

    /// <summary>The document, or null. The reader throws on malformed text; this is the one place that meets it.</summary>
    public static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Bounds);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (ArgumentException) // lone surrogates cannot be encoded
        {
            return null;
        }
    }
}
