using System.Globalization;

namespace Agents.Reasoning.Strategies;

/// <summary>Reads which response a selector named. What cannot be read is null: an abstention, never the first response.</summary>
internal static class SelectionReader
{
    private static readonly string[] consistency = ["most consistent response", "response", "answer", "choice"];

    /// <summary>The number named, 1 to <paramref name="count"/>, or null.</summary>
    public static int? Read(string text, int count) => Read(text, count, consistency);

    /// <summary>The number named after one of the markers, the surest marker first, 1 to <paramref name="count"/>, or null.</summary>
    public static int? Read(string text, int count, IReadOnlyList<string> markers)
    {
        text = ThinkingText.SetAside(text);
        foreach (string marker in markers)
        {
            // The last mention counts: a selector discusses before it decides.
            for (int at = text.LastIndexOf(marker, StringComparison.OrdinalIgnoreCase); at >= 0; at = at == 0 ? -1 : text.LastIndexOf(marker, at - 1, StringComparison.OrdinalIgnoreCase))
            {
                if (NumberAfter(text.AsSpan(at + marker.Length), count) is { } number)
                    return number;
            }
        }

        // No marker at all: only a reply that is nothing but a number says which.
        return int.TryParse(text.AsSpan().Trim(" \t\r\n.*\"'`()"), NumberStyles.None, CultureInfo.InvariantCulture, out int bare) && bare >= 1 && bare <= count ? bare : null;
    }

    /// <summary>The number within a few words after a marker, such as in ": **3**" or " is Response 3".</summary>
    private static int? NumberAfter(ReadOnlySpan<char> text, int count)
    {
        text = text[..Math.Min(text.Length, 24)];
        int start = text.IndexOfAnyInRange('0', '9');
        if (start < 0 || text[..start].IndexOfAny('.', ';', '?') >= 0)
            return null;
        text = text[start..];
        int length = text.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? text : text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= count ? number : null;
    }
}
