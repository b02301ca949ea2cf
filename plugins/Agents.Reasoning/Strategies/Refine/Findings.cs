using System.Globalization;
using System.Text;

namespace Agents.Reasoning.Strategies;

/// <summary>What the verdicts on a candidate say is wrong with it, as text for the reviser.</summary>
internal static class Findings
{
    /// <summary>The findings, or null when no verdict gives a score: then there is nothing to revise by.</summary>
    public static string? Of(Candidate candidate)
    {
        var text = new StringBuilder();
        foreach (Verdict verdict in candidate.Verdicts.Where(v => v.Score is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {verdict.Verifier}: {verdict.Score:0.##} of 1.");
            if (verdict.Rationale is { Length: > 0 } rationale)
                text.Append(' ').Append(rationale);
            if (WorstStep(verdict) is { } step)
                text.Append(CultureInfo.InvariantCulture, $" The step most in doubt is step {step + 1}.");
            text.Append('\n');
        }

        return text.Length == 0 ? null : text.ToString().TrimEnd('\n');
    }

    /// <summary>The step of the lowest score, the first of several; null when none is below the prior.</summary>
    private static int? WorstStep(Verdict verdict)
    {
        int? worst = null;
        for (int i = 0; i < verdict.Steps.Count; i++)
        {
            if (verdict.Steps[i] is { } score && score < (worst is { } w ? verdict.Steps[w] : VerdictScore.Prior))
                worst = i;
        }

        return worst;
    }
}
