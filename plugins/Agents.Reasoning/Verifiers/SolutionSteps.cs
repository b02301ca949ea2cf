namespace Agents.Reasoning.Verifiers;

/// <summary>The steps of a solution: its lines that are not blank, as in Cobbe et al. 2021, arXiv:2110.14168.</summary>
internal static class SolutionSteps
{
    /// <summary>Start and end of each step in the text.</summary>
    public static IReadOnlyList<(int Start, int End)> Of(string text)
    {
        var steps = new List<(int, int)>();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            if (!text.AsSpan(start, end - start).IsWhiteSpace())
                steps.Add((start, end));
            start = end + 1;
        }

        return steps;
    }
}
