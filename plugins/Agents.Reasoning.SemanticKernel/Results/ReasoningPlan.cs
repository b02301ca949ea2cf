using System.Globalization;
using System.Text.RegularExpressions;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>A problem taken apart before it is solved.</summary>
/// <param name="Steps">The steps in order, without their numbers; at least one.</param>
public sealed partial record ReasoningPlan(IReadOnlyList<string> Steps)
{
    /// <summary>The numbered steps, one a line: to be put before a question.</summary>
    public override string ToString() => string.Join('\n', Steps.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {step}")));

    /// <summary>Reads the numbered lines of a reply; lines between belong to the step before.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="most">The most steps.</param>
    /// <returns>The plan, or null when the reply has no numbered line.</returns>
    internal static ReasoningPlan? Parse(string reply, int most)
    {
        var steps = new List<string>();
        foreach (string line in reply.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Numbered().Match(line) is { Success: true } step)
                steps.Add(step.Groups["step"].Value);
            else if (steps.Count > 0)
                steps[^1] += " " + line;
        }

        return steps.Count == 0 ? null : new ReasoningPlan([.. steps.Take(most)]);
    }

    [GeneratedRegex(@"^(\*\*)?(step\s*)?\d{1,3}\s*[.):]\s*(?<step>\S.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();
}
