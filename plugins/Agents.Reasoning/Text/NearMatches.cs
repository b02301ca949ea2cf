namespace Agents.Reasoning;

/// <summary>Names near to a mistyped one.</summary>
public static class NearMatches
{
    /// <summary>At most three of <paramref name="names"/> that start with or contain <paramref name="typed"/>, or differ from it in few letters; nearest first.</summary>
    public static string[] Of(string typed, IEnumerable<string> names) =>
        [.. names
            .Select(name => (name, distance: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(n => n.distance <= Math.Max(2, typed.Length / 3) || (typed.Length >= 3 && n.name.Contains(typed, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(n => n.distance).ThenBy(n => n.name, StringComparer.Ordinal)
            .Take(3).Select(n => n.name)];

    // Levenshtein distance by one row.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
