namespace Agents.Reasoning.Strategies;

/// <summary>Reads the questions of a numbered list.</summary>
internal static class QuestionReader
{
    /// <summary>The text of each line that begins with a number and a dot or bracket; each once, at most <paramref name="most"/>.</summary>
    public static IReadOnlyList<string> Read(string plan, int most) =>
        [.. plan.Split('\n').Select(QuestionOf).OfType<string>().Distinct(StringComparer.Ordinal).Take(most)];

    private static string? QuestionOf(string line)
    {
        ReadOnlySpan<char> rest = line.AsSpan().Trim(" \t\r*_");
        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || rest[digits] is not ('.' or ')'))
            return null;
        rest = rest[(digits + 1)..];
        // "1.5 metres" is a number, not an item.
        if (rest.Length == 0 || char.IsAsciiDigit(rest[0]))
            return null;
        rest = rest.Trim(" \t*_");
        return rest.Length == 0 ? null : rest.ToString();
    }
}
