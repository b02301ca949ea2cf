namespace Agents.Reasoning.Verifiers;

/// <summary>
/// The steps of a solution: what stands in its <c>&lt;step&gt;</c> tags where it has any, the last of which may be unclosed;
/// else its lines that are not blank, as in Cobbe et al. 2021, arXiv:2110.14168.
/// </summary>
internal static class SolutionSteps
{
    public const string Open = "<step>";
    public const string Close = "</step>";

    /// <summary>Whether the text marks its steps.</summary>
    public static bool AreMarked(string text) => text.Contains(Open, StringComparison.OrdinalIgnoreCase);

    /// <summary>Steps as a model writes them that marks its steps.</summary>
    public static string Tagged(IEnumerable<string> steps) => string.Concat(steps.Select(step => $"{Open}{step}{Close}"));

    /// <summary>Start and end of each step in the text.</summary>
    public static IReadOnlyList<(int Start, int End)> Of(string text)
    {
        var steps = new List<(int, int)>();
        if (AreMarked(text))
            AddMarked(text, steps);
        else
            AddLines(text, steps);
        return steps;
    }

    /// <summary>A step ends at its closing tag, at the next opening one, or with the text.</summary>
    private static void AddMarked(string text, List<(int, int)> steps)
    {
        for (int open = Find(Open, 0); open < text.Length;)
        {
            int start = open + Open.Length;
            int next = Find(Open, start);
            int end = Math.Min(next, Find(Close, start));
            if (!text.AsSpan(start, end - start).IsWhiteSpace())
                steps.Add((start, end));
            open = next;
        }

        int Find(string tag, int from)
        {
            int at = text.IndexOf(tag, from, StringComparison.OrdinalIgnoreCase);
            return at < 0 ? text.Length : at;
        }
    }

    private static void AddLines(string text, List<(int, int)> steps)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            if (!text.AsSpan(start, end - start).IsWhiteSpace())
                steps.Add((start, end));
            start = end + 1;
        }
    }
}
