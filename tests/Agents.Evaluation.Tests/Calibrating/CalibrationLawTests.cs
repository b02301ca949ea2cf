using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Evaluation.Tests.Calibrating;

/// <summary>Laws of the two maps and of the measures, over random labelled scores.</summary>
public sealed class CalibrationLawTests
{
    private static readonly IVerifier verifier = new CheckerVerifier("test", (Agents.Answers.Answer _) => true);

    /// <summary>Scores from a coarse grid, so that ties are common; both labels occur.</summary>
    private static readonly Arbitrary<LabelledScore[]> labelled = Gen.Choose(0, 8).Two().Select(t => (Score: t.Item1 / 8.0, Luck: t.Item2))
        .ListOf().Where(l => l.Count is >= 2 and <= 60)
        .Select(l => (LabelledScore[])[new("first", 0.25, true), new("last", 0.75, false), .. l.Select((x, i) => new LabelledScore($"q{i % 7}", x.Score, x.Luck / 8.0 < x.Score))])
        .ToArbitrary();

    [Fact]
    public void Isotonic_RisesNowhereFallingAndItsMeanIsTheLabels() => Prop.ForAll(labelled, scores =>
    {
        ScoreCalibration map = Fit(scores, CalibrationMethod.Isotonic);
        double[] values = [.. Enumerable.Range(0, 101).Select(i => map.Apply(i / 100.0))];
        Assert.True(values.Zip(values.Skip(1)).All(p => p.First <= p.Second));
        Assert.Equal(scores.Average(s => s.Correct ? 1.0 : 0), scores.Average(s => map.Apply(s.Score)), 12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Isotonic_FittedToItsOwnProbabilities_ChangesNothing() => Prop.ForAll(labelled, scores =>
    {
        ScoreCalibration once = Fit(scores, CalibrationMethod.Isotonic);
        LabelledScore[] calibrated = [.. scores.Select(s => s with { Score = once.Apply(s.Score) })];
        ScoreCalibration twice = Fit(calibrated, CalibrationMethod.Isotonic);
        Assert.All(calibrated, s => Assert.Equal(s.Score, twice.Apply(s.Score), 12));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Isotonic_IsNoWorseThanAnyOtherMonotoneMapTried() => Prop.ForAll(labelled, Gen.Choose(0, 100).ListOf(9).ToArbitrary(), (scores, steps) =>
    {
        ScoreCalibration best = Fit(scores, CalibrationMethod.Isotonic);
        double[] rival = [.. steps.Order().Select(s => s / 100.0)];
        Assert.True(Squares(s => best.Apply(s)) <= Squares(s => rival[(int)(s * 8)]) + 1e-9);

        double Squares(Func<double, double> map) => scores.Sum(s => Math.Pow(map(s.Score) - (s.Correct ? 1 : 0), 2));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Platt_RecoversTheCurveThatTheLabelsWereDrawnFrom() => Prop.ForAll(
        Gen.Choose(-40, 80).Select(a => a / 10.0).ToArbitrary(), Gen.Choose(-30, 30).Select(b => b / 10.0).ToArbitrary(), (slope, intercept) =>
    {
        var random = new SplitMix64(17);
        LabelledScore[] scores = [.. Enumerable.Range(0, 20_000).Select(i => random.NextDouble()).Select((s, i) => new LabelledScore($"q{i % 500}", s, random.NextDouble() < Logistic(slope * s + intercept)))];
        if (scores.Count(s => s.Correct) is < 200 or > 19_800)
            return;
        ScoreCalibration map = Fit(scores, CalibrationMethod.Platt);
        // Five standard errors of the coefficients, from the information of the true curve.
        double aa = 0, ab = 0, bb = 0;
        foreach (LabelledScore s in scores)
        {
            double p = Logistic(slope * s.Score + intercept), w = p * (1 - p);
            (aa, ab, bb) = (aa + w * s.Score * s.Score, ab + w * s.Score, bb + w);
        }

        double determinant = aa * bb - ab * ab;
        Assert.InRange(map.Slope, slope - 5 * Math.Sqrt(bb / determinant), slope + 5 * Math.Sqrt(bb / determinant));
        Assert.InRange(map.Intercept, intercept - 5 * Math.Sqrt(aa / determinant), intercept + 5 * Math.Sqrt(aa / determinant));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void AConstantVerifier_BecomesTheBaseRate() => Prop.ForAll(labelled, Gen.Choose(0, 10).ToArbitrary(), (scores, constant) =>
    {
        LabelledScore[] same = [.. scores.Select(s => s with { Score = constant / 10.0 })];
        double rate = same.Average(s => s.Correct ? 1.0 : 0);
        foreach (double score in new[] { 0, constant / 10.0, 1 })
        {
            Assert.Equal(rate, Fit(same, CalibrationMethod.Isotonic).Apply(score), 12);
            // Platt's smoothed targets: off by less than one label.
            Assert.InRange(Fit(same, CalibrationMethod.Platt).Apply(score), rate - 1.0 / same.Length, rate + 1.0 / same.Length);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Document_WrittenAndRead_IsTheSameMap() => Prop.ForAll(labelled, scores =>
    {
        foreach (CalibrationMethod method in Enum.GetValues<CalibrationMethod>())
        {
            ScoreCalibration map = Fit(scores, method);
            ScoreCalibration read = ScoreCalibration.Parse(map.ToJson(), "test");
            Assert.Equal(map.ToJson(), read.ToJson());
            Assert.All(scores, s => Assert.Equal(map.Apply(s.Score), read.Apply(s.Score)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Report_IsAFunctionOfScoresAndOptions_AndKeepsItsRanges() => Prop.ForAll(labelled, scores =>
    {
        var options = new CalibrationOptions { Resamples = 100, Seed = 5 };
        CalibrationFit fit = CalibrationFitter.Fit(verifier, scores, "00", 3, options);
        Assert.Equal(fit.Report, CalibrationFitter.Fit(verifier, scores, "00", 3, options).Report);
        foreach (ProbabilityQuality quality in new[] { fit.Report.Before, fit.Report.After })
        {
            Assert.InRange(quality.Brier, 0, 1);
            Assert.InRange(quality.ExpectedError, 0, 1);
            Assert.InRange(quality.Bins, 1, 10);
            // By Jensen's inequality within each bin, the error squared is never more than the Brier score.
            Assert.True(quality.ExpectedError * quality.ExpectedError <= quality.Brier + 1e-12);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private static double Logistic(double z) => 1 / (1 + Math.Exp(-z));

    private static ScoreCalibration Fit(LabelledScore[] scores, CalibrationMethod method)
    {
        (double slope, double intercept) = method == CalibrationMethod.Platt ? PlattFit.Of(scores) : (0, 0);
        return new ScoreCalibration { Verifier = "v", Fingerprint = "v/1", Method = method, Knots = method == CalibrationMethod.Isotonic ? IsotonicFit.Knots(scores) : [], Slope = slope, Intercept = intercept, Labels = scores.Length, Right = scores.Count(s => s.Correct), DataSha256 = "00" };
    }
}
