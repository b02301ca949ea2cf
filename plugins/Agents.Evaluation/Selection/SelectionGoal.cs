using System.Globalization;

namespace Agents.Evaluation;

/// <summary>A goal of verified consistency against self-consistency over all N samples, and what was seen.</summary>
/// <param name="Claim">What should hold.</param>
/// <param name="IsMet">Whether it does.</param>
/// <param name="Seen">The numbers.</param>
public sealed record SelectionGoal(string Claim, bool IsMet, string Seen)
{
    /// <summary>The goals that this report can decide: those whose verifier it has.</summary>
    public static IReadOnlyList<SelectionGoal> Of(SelectionReport report)
    {
        var goals = new List<SelectionGoal>();
        StoppedVote votes = report.VoteOnly;
        double loss = 100 * (report.Majority - votes.Accuracy), saving = report.Samples / votes.Samples;
        goals.Add(new(
            "(i) no verifier: disagreement ≤ 0.5 %, loss ≤ 0.2 points, ≥ 1.8 times fewer samples, ≤ 3 rounds",
            votes.Disagreement <= 0.005 && loss <= 0.2 && saving >= 1.8 && votes.Rounds <= 3,
            Text($"{100 * votes.Disagreement:0.00} %, {loss:0.00} points, {saving:0.00} times, {votes.Rounds:0.00} rounds")));
        if (Row(0.8, 0.9) is { } shared)
        {
            double gain = 100 * (shared.Stopped.Accuracy - report.Majority);
            goals.Add(new(
                "(ii) verifier of AUC 0.8 with shared errors (ρ 0.9): gain ≥ 3.5 points at ≤ 20.5 samples, ≤ 3 rounds",
                gain >= 3.5 && shared.Stopped.Samples <= 20.5 && shared.Stopped.Rounds <= 3,
                Text($"{gain:+0.00;-0.00} points, {shared.Stopped.Samples:0.0} samples, {shared.Stopped.Rounds:0.00} rounds")));
        }

        if (Row(0.5, 0) is { } blind)
        {
            double lost = 100 * (report.Majority - blind.Stopped.Accuracy);
            goals.Add(new("(iii) verifier that knows nothing (AUC 0.5): loss ≤ 0.3 points", lost <= 0.3, Text($"{lost:0.00} points")));
        }

        goals.Add(Easy("without a verifier", votes));
        goals.AddRange(report.Rows.Where(r => r.Verifier.Auc > 0.5).Select(r => Easy(Text($"with AUC {r.Verifier.Auc}, ρ {r.Verifier.NoiseCorrelation}"), r.Stopped)));
        return goals;

        SelectionRow? Row(double auc, double correlation) => report.Rows.FirstOrDefault(r => r.Verifier == new VerifierQuality(auc, correlation));
    }

    // A mean on the bound is not missed by less than its own error.
    private static SelectionGoal Easy(string who, StoppedVote vote) =>
        new($"(iv) easy stratum {who}: ≤ 6 samples within one standard error", vote.EasySamples - vote.EasyError <= 6, Text($"{vote.EasySamples:0.00} ± {vote.EasyError:0.00}"));

    private static string Text(FormattableString numbers) => numbers.ToString(CultureInfo.InvariantCulture);
}
