using System.Text.RegularExpressions;
using Agents.Reasoning;

namespace Agents.Cli.Solving;

/// <summary>The steps of the first solution that arrives, as lines to be shown while the rest is under way.</summary>
internal sealed partial class StepLines
{
    private const int MaxLines = 40;
    private bool shown;

    /// <summary>The lines that this event brings; none after the first solution with marked steps.</summary>
    public IReadOnlyList<string> Of(ReasoningEvent happened)
    {
        if (shown || happened is not CandidateAdded { Candidate.Sample: { IsOk: true } sample })
            return [];
        IReadOnlyList<string> steps = Of(sample);
        shown = steps.Count > 0;
        return shown ? ["first solution:", .. steps] : [];
    }

    /// <summary>The marked steps of a solution, one a line.</summary>
    public static IReadOnlyList<string> Of(Sample sample) =>
        [.. Step().Matches((sample.Outcome.Thinking ?? "") + sample.Text).Take(MaxLines).Select(m => "  " + m.Groups[1].Value.Trim().ReplaceLineEndings(" "))];

    [GeneratedRegex(@"<step>(.*?)(?:</step>|$)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
