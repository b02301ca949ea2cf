using System.Globalization;
using System.Text;

namespace Agents.Evaluation;

/// <summary>The figures as text: CSV for programs, and what they say for people.</summary>
public static class FrontierTable
{
    /// <summary>One line a point.</summary>
    public static string Csv(IReadOnlyList<FrontierFigure> figures)
    {
        var text = new StringBuilder("strategy,budget,verifier,questions,right,accuracy,low,high,tokens,input_tokens,output_tokens,calls,rounds\n");
        foreach (FrontierFigure f in figures)
            text.Append(Line($"{f.Point.Strategy},{f.Point.Budget},{(f.Point.IsVerified ? 1 : 0)},{f.Correct.Count},{f.Correct.Count(c => c)},{f.Accuracy:0.0000},{f.Interval.Low:0.0000},{f.Interval.High:0.0000},{f.Tokens:0.0},{f.InputTokens:0.0},{f.OutputTokens:0.0},{f.Calls:0.00},{f.Rounds:0.00}\n"));
        return text.ToString();
    }

    /// <summary>Points, comparisons with the best fixed strategy, and the saving against self-consistency with 40 samples.</summary>
    public static string Render(IReadOnlyList<FrontierFigure> figures, string? verifier, long seed = 0)
    {
        var text = new StringBuilder();
        foreach (bool isVerified in new[] { false, true })
        {
            FrontierFigure[] half = [.. figures.Where(f => f.Point.IsVerified == isVerified)];
            if (half.Length == 0)
                continue;
            text.Append(Line($"\n{(isVerified ? $"with the verifier {verifier}" : "without a verifier")}, {half[0].Correct.Count} questions\n\n| strategy | N | right (95 %) | tokens | calls | rounds |\n|---|---|---|---|---|---|\n"));
            foreach (FrontierFigure f in half)
                text.Append(Line($"| {f.Point.Strategy} | {f.Point.Budget} | {f.Accuracy * 100:0.0} % ({f.Interval.Low * 100:0.0}–{f.Interval.High * 100:0.0}) | {f.Tokens:#,0} | {f.Calls:0.0} | {f.Rounds:0.0} |\n"));
            text.Append("\n| auto, N | tokens | right | best fixed at these tokens | difference (95 %) | McNemar | on or above |\n|---|---|---|---|---|---|---|\n");
            foreach (FrontierComparison c in FrontierComparison.Of(half, seed))
                text.Append(Line($"| {c.Figure.Point.Budget} | {c.Figure.Tokens:#,0} | {c.Figure.Accuracy * 100:0.0} % | {c.Best} {c.BestAccuracy * 100:0.0} % | {c.Difference * 100:+0.0;−0.0;0.0} ({c.Interval.Low * 100:+0.0;−0.0;0.0} to {c.Interval.High * 100:+0.0;−0.0;0.0}) | p {(c.PValue < 0.001 ? "< 0.001" : Line($"= {c.PValue:0.000}"))} | {(c.IsOnOrAbove ? c.Difference >= -FrontierComparison.Tolerance ? "yes" : "within its interval" : "no")} |\n"));
        }

        if (figures.FirstOrDefault(f => f.Point is { Strategy: "vote", Budget: 40 }) is { } vote)
        {
            text.Append(Line($"\nself-consistency with 40 samples: {vote.Accuracy * 100:0.0} % at {vote.Tokens:#,0} tokens\n"));
            foreach (FrontierFigure f in figures.Where(f => f.Point.Strategy == FrontierComparison.Controller))
            {
                double[] differences = [.. f.Correct.Zip(vote.Correct, (a, b) => (a ? 1.0 : 0) - (b ? 1 : 0))];
                Interval interval = PairedBootstrap.MeanInterval(differences, seed);
                text.Append(Line($"  auto{(f.Point.IsVerified ? " with the verifier" : "")} N = {f.Point.Budget}: {vote.Tokens / f.Tokens:0.00} times fewer tokens, {differences.Average() * 100:+0.0;−0.0;0.0} points ({interval.Low * 100:+0.0;−0.0;0.0} to {interval.High * 100:+0.0;−0.0;0.0}), McNemar p {(FrontierComparison.McNemarOf(f, vote) < 0.001 ? "< 0.001" : Line($"= {FrontierComparison.McNemarOf(f, vote):0.000}"))}\n"));
            }
        }

        return text.ToString();
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
