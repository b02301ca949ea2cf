using System.Globalization;

namespace Agents.Evaluation;

/// <summary>The results in sentences: what was found, and just as plainly what was not.</summary>
internal static class Findings
{
    public static IEnumerable<string> Of(EvaluationSummary summary) =>
        [.. Best(summary), .. Differences(summary), .. Curve(summary), .. Confidence(summary), .. Gaps(summary)];

    private static IEnumerable<string> Best(EvaluationSummary summary)
    {
        if (Leader(summary) is not { } best)
            yield break;
        string rank = summary.Strategies.Count(s => s.Questions > 0) == 1 ? ""
            : summary.Strategies.Any(s => s != best && s.Questions > 0 && s.Accuracy == best.Accuracy) ? ", the fewest among those with the highest share" : ", the highest share here";
        yield return $"{best.Name} has {Figures.Percent(best.Accuracy)} of {best.Questions} questions right (95 % interval {Figures.PercentRange(best.AccuracyInterval)} %) with {Samples(best)} a question{rank}.";
    }

    // Told against the leader only: the table has every pair.
    private static IEnumerable<string> Differences(EvaluationSummary summary)
    {
        if (Leader(summary) is not { } best)
            yield break;
        PairedComparison[] pairs = [.. summary.Pairs.Where(p => p.First == best.Name || p.Second == best.Name)];
        foreach (PairedComparison pair in pairs.Where(p => p.IsShown).OrderByDescending(p => Math.Abs(p.Difference)))
        {
            Interval interval = pair.Difference > 0 ? pair.DifferenceInterval : new Interval(-pair.DifferenceInterval.High, -pair.DifferenceInterval.Low);
            yield return $"It is better than {Other(pair)} by {Figures.Points(Math.Abs(pair.Difference))[1..]} points (95 % interval {Figures.PointsRange(interval)}; p {PWords(pair.AdjustedPValue)}).";
        }

        PairedComparison[] not = [.. pairs.Where(p => !p.IsShown)];
        if (not.Length == 0)
            yield break;
        StrategySummary[] others = [.. not.Select(p => summary.Strategies.First(s => s.Name == Other(p)))];
        string differ = not.All(p => p.OnlyFirst + p.OnlySecond == 0) ? "they are right on the same questions" : $"they differ on at most {not.Max(p => p.OnlyFirst + p.OnlySecond)} of {not.Max(p => p.Questions)} questions";
        string cost = string.Join(", ", others.Append(best).OrderBy(s => s.MeanSamples).Select(s => $"{s.Name} {Figures.Mean(s.MeanSamples)}"));
        yield return $"No difference in accuracy is shown between it and {string.Join(", ", others.Select(s => s.Name))}: {differ}. Samples a question: {cost}.";

        string Other(PairedComparison pair) => pair.First == best.Name ? pair.Second : pair.First;
    }

    private static StrategySummary? Leader(EvaluationSummary summary) =>
        summary.Strategies.Where(s => s.Questions > 0).OrderByDescending(s => s.Accuracy).ThenBy(s => s.MeanSamples).FirstOrDefault();

    private static string Samples(StrategySummary s) => s.MeanSamples == 1 ? "1 sample" : $"{Figures.Mean(s.MeanSamples)} samples";

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
        if (summary.ExtractionAgreement is { } agreement)
            yield return $"Read from its text, a sample’s answer is the recorded one in {Figures.Percent(agreement)} of the samples that have one{(agreement < 0.8 ? "; where texts are programs whose recorded answers came from running them, accuracy below measures the reading, not the model" : "")}.";
        if (summary.Mixture is { } mixture)
            yield return $"The samples of a question come from {mixture}; they are not draws from one distribution. A single sample stands for whichever comes first, and what voting gains over it includes what the others are better.";
        if (summary.Strategies.Any(s => s.ModelCalls > 0) && summary.Strategies.All(s => s.UnreportedCalls == s.ModelCalls))
            yield return "No call reported its tokens, so token counts are unknown, not zero.";
        foreach (StrategySummary strategy in summary.Strategies.Where(s => s.FailedCalls > 0))
            yield return $"{strategy.FailedCalls:#,0} of {strategy.ModelCalls:#,0} calls of {strategy.Name} failed; it answered with what arrived.";
    }

    private static string PWords(double p) => p < 0.001 ? Figures.P(p) : $"= {Figures.P(p)}";
}
