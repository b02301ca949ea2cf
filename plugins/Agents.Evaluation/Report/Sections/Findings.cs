using System.Globalization;

namespace Agents.Evaluation;

/// <summary>The results in sentences: what was found, and just as plainly what was not.</summary>
internal static class Findings
{
    public static IEnumerable<string> Of(EvaluationSummary summary) =>
        [.. Best(summary), .. Differences(summary), .. Curve(summary), .. Confidence(summary), .. Gaps(summary)];

    private static IEnumerable<string> Best(EvaluationSummary summary)
    {
        StrategySummary[] run = [.. summary.Strategies.Where(s => s.Questions > 0)];
        if (run.Length == 0)
            yield break;
        StrategySummary best = run.MaxBy(s => s.Accuracy)!;
        yield return $"{best.Name} has {Figures.Percent(best.Accuracy)} of {best.Questions} questions right (95 % interval {Figures.PercentRange(best.AccuracyInterval)} %) with {Figures.Mean(best.MeanSamples)} samples a question{(run.Length > 1 ? ", the highest share here" : "")}.";
    }

    private static IEnumerable<string> Differences(EvaluationSummary summary)
    {
        PairedComparison[] shown = [.. summary.Pairs.Where(p => p.IsShown).OrderByDescending(p => Math.Abs(p.Difference))];
        foreach (PairedComparison pair in shown.Take(3))
            yield return $"{Capital(pair.Verdict)} (95 % interval {Figures.PointsRange(pair.Difference > 0 ? pair.DifferenceInterval : new Interval(-pair.DifferenceInterval.High, -pair.DifferenceInterval.Low))}; p {PWords(pair.AdjustedPValue)}).";
        PairedComparison[] not = [.. summary.Pairs.Where(p => !p.IsShown)];
        foreach (PairedComparison pair in not.Take(3))
        {
            (StrategySummary first, StrategySummary second) = (By(pair.First), By(pair.Second));
            (StrategySummary cheap, StrategySummary dear) = first.MeanSamples <= second.MeanSamples ? (first, second) : (second, first);
            string cost = cheap.MeanSamples > 0 && dear.MeanSamples / cheap.MeanSamples >= 1.2
                ? string.Create(CultureInfo.InvariantCulture, $" {dear.Name} takes {dear.MeanSamples / cheap.MeanSamples:0.0} times the samples of {cheap.Name}.")
                : "";
            yield return $"No difference in accuracy is shown between {pair.First} and {pair.Second} (they differ on {pair.OnlyFirst + pair.OnlySecond} of {pair.Questions} questions, p {PWords(pair.AdjustedPValue)}).{cost}";
        }

        if (shown.Length > 3 || not.Length > 3)
            yield return "Further pairs stand in the table of differences.";

        StrategySummary By(string name) => summary.Strategies.First(s => s.Name == name);
    }

    private static IEnumerable<string> Curve(EvaluationSummary summary)
    {
        if (summary.Curve is not { Samples: > 1 } curve)
            yield break;
        (SampleCurvePoint one, SampleCurvePoint all) = (curve.Points[0], curve.Points[^1]);
        double gain = all.MajorityMean - one.MajorityMean;
        yield return gain < 0.005
            ? $"Voting over more samples does not help here: {Figures.Percent(one.MajorityMean)} with one sample, {Figures.Percent(all.MajorityMean)} with {curve.Samples}."
            : $"Voting over {curve.Samples} samples instead of one adds {Figures.Points(gain)[1..]} points.";
        yield return $"With {curve.Samples} samples a right one is among them for {Figures.Percent(all.Coverage)} of the questions; a vote finds it for {Figures.Percent(all.MajorityMean)}. The gap, {Figures.Points(all.Coverage - all.MajorityMean)[1..]} points, is what better selection could gain at most.";
    }

    private static IEnumerable<string> Confidence(EvaluationSummary summary)
    {
        foreach (StrategySummary strategy in summary.Strategies.Where(s => s.Calibration is { Count: >= 20, ExpectedError: > 0.1 }))
        {
            Calibration calibration = strategy.Calibration!;
            double over = calibration.Bins.Sum(b => b.Count * (b.Confidence - b.Accuracy)) / calibration.Count;
            string how = over > 0.05 ? "too high" : over < -0.05 ? "too low" : "off in both directions";
            yield return string.Create(CultureInfo.InvariantCulture, $"The confidence of {strategy.Name} is {how}: its expected calibration error is {calibration.ExpectedError:0.00}.");
        }
    }

    private static IEnumerable<string> Gaps(EvaluationSummary summary)
    {
        if (summary.Strategies.Any(s => s.ModelCalls > 0) && summary.Strategies.All(s => s.UnreportedCalls == s.ModelCalls))
            yield return "No call reported its tokens, so token counts are unknown, not zero.";
        foreach (StrategySummary strategy in summary.Strategies.Where(s => s.FailedCalls > 0))
            yield return $"{strategy.FailedCalls:#,0} of {strategy.ModelCalls:#,0} calls of {strategy.Name} failed; it answered with what arrived.";
    }

    private static string PWords(double p) => p < 0.001 ? Figures.P(p) : $"= {Figures.P(p)}";

    private static string Capital(string text) => text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;
}
