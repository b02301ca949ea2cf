using System.Globalization;
using System.Text;

namespace Agents.Evaluation;

/// <summary>Counts of behaviours as a Markdown table, shares in percent with 95 % intervals (Wilson).</summary>
public static class ThoughtTable
{
    /// <summary>The table, a line a behaviour.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="judged">Samples known to be right or wrong, over all.</param>
    /// <param name="right">Of these, right ones.</param>
    public static string Render(ThoughtCounts counts, int judged = 0, int right = 0)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{counts.Samples} samples, {counts.Sentences} sentences{(judged > 0 ? string.Create(CultureInfo.InvariantCulture, $", right {Share(right, judged)}") : "")}\n\n");
        text.Append("| behaviour | sentences | samples with it | of these right |\n|---|---|---|---|\n");
        foreach (BehaviourCount b in counts.Behaviours)
            text.Append(CultureInfo.InvariantCulture, $"| {NameOf(b.Behaviour)} | {b.Sentences} | {b.Samples}, {Share(b.Samples, counts.Samples)} | {(b.Judged == 0 ? "–" : Share(b.Right, b.Judged))} |\n");
        return text.ToString();
    }

    /// <summary>A behaviour's name in text.</summary>
    public static string NameOf(ThoughtBehaviour behaviour) => behaviour switch
    {
        ThoughtBehaviour.Verification => "verification",
        ThoughtBehaviour.Exploration => "exploration",
        ThoughtBehaviour.Planning => "planning",
        ThoughtBehaviour.Backtracking => "backtracking",
        _ => "correction",
    };

    private static string Share(int part, int whole)
    {
        if (whole == 0)
            return "–";
        Interval interval = WilsonInterval.Of(part, whole);
        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} % ({100 * interval.Low:0.0}–{100 * interval.High:0.0})");
    }
}
