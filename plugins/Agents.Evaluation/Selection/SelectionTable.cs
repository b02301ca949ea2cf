using System.Globalization;
using System.Text;

namespace Agents.Evaluation;

/// <summary>The selection bench as text.</summary>
public static class SelectionTable
{
    /// <summary>A Markdown table with the baselines above and the goals below it.</summary>
    public static string Render(SelectionReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Problems} synthetic problems: pass@1 {Percent(report.PassAt1)}, SC@{report.Samples} {Percent(report.Majority)}, coverage@{report.Samples} {Percent(report.Coverage)}; standard error at most {Percent(report.StandardError)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| AUC, ρ | BoN@8→@{report.Samples} | Σ(LLR+1)@{report.Samples} | Σs@{report.Samples} | Σs with stops |\n|---|---|---|---|---|\n");
        text.Append(CultureInfo.InvariantCulture, $"| votes only | | | {Percent(report.Majority)} | {Stopped(report.VoteOnly)} |\n");
        foreach (SelectionRow row in report.Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {row.Verifier.Auc}, {row.Verifier.NoiseCorrelation} | {Percent(row.BestOf8)}→{Percent(row.BestOfAll)} | {Percent(row.SummedRatios)} | {Percent(row.SummedScores)} | {Stopped(row.Stopped)} |\n");
        text.Append('\n');
        foreach (SelectionGoal goal in SelectionGoal.Of(report))
            text.Append(CultureInfo.InvariantCulture, $"{(goal.IsMet ? "met   " : "MISSED")} {goal.Claim}: {goal.Seen}\n");
        return text.ToString();
    }

    private static string Stopped(StoppedVote vote) =>
        string.Create(CultureInfo.InvariantCulture, $"{Percent(vote.Accuracy)} at {vote.Samples:0.0} samples, {vote.Rounds:0.00} rounds; easy {vote.EasySamples:0.0}");

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
