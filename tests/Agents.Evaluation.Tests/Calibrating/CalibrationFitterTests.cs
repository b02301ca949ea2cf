using Agents.Reasoning;
using Agents.Reasoning.Verifiers;

namespace Agents.Evaluation.Tests.Calibrating;

public sealed class CalibrationFitterTests : IDisposable
{
    private static readonly IVerifier verifier = new ArithmeticVerifier();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Fit_AnOverconfidentVerifier_IsBetterHeldOutByBothMeasures()
    {
        CalibrationReport report = CalibrationFitter.Fit(verifier, Overconfident(400), "00").Report;
        Assert.True(report.BrierChange.High < 0, $"{report.BrierChange}");
        Assert.True(report.ErrorChange.High < 0, $"{report.ErrorChange}");
        Assert.True(report.After.BrierInterval.Contains(report.After.Brier));
        Assert.Equal((2000, 400, 5, 10), (report.Labels, report.Questions, report.Folds, report.Before.Bins));
    }

    [Fact]
    public void Fit_NoMethodNamed_TakesTheLowerHeldOutLogLoss()
    {
        CalibrationReport report = CalibrationFitter.Fit(verifier, Overconfident(400), "00").Report;
        Assert.Equal(report.IsotonicLogLoss <= report.PlattLogLoss ? CalibrationMethod.Isotonic : CalibrationMethod.Platt, report.Method);
        foreach (CalibrationMethod named in Enum.GetValues<CalibrationMethod>())
            Assert.Equal(named, CalibrationFitter.Fit(verifier, Overconfident(400), "00", 0, new() { Method = named }).Calibration.Method);
    }

    [Fact]
    public void Fit_ScoresThatKnowNothing_AreHeldOutNoBetterThanTheBaseRate()
    {
        // A step function fitted to noise must not look good on the questions it was fitted to: the folds are of whole questions.
        var random = new SplitMix64(3);
        LabelledScore[] noise = [.. Enumerable.Range(0, 2000).Select(i => new LabelledScore($"q{i / 5}", random.Next(1000) / 1000.0, random.Next(10) < 3))];
        double rate = noise.Average(s => s.Correct ? 1.0 : 0);
        Assert.True(CalibrationFitter.Fit(verifier, noise, "00", 0, new() { Method = CalibrationMethod.Isotonic }).Report.After.Brier >= rate * (1 - rate) - 0.002);
    }

    [Theory]
    [InlineData("two questions", "one", 0.5, true, "one", 0.5, false)]
    [InlineData("are right", "one", 0.5, true, "two", 0.5, true)]
    [InlineData("are wrong", "one", 0.5, false, "two", 0.5, false)]
    [InlineData("outside 0 to 1", "one", 0.5, false, "two", 1.5, true)]
    public void Fit_LabelsThatDecideNothing_AreRefusedWithTheReason(string said, string first, double firstScore, bool firstRight, string second, double secondScore, bool secondRight)
    {
        LabelledScore[] scores = [new(first, firstScore, firstRight), new(second, secondScore, secondRight)];
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => CalibrationFitter.Fit(verifier, scores, "00")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verdicts_WrittenByAnEvaluation_AreThoseOfJudgingTheData()
    {
        EvaluationData data = Stated(40);
        EvaluationPlan plan = LabelledVerdicts.Plan(data, verifier);
        LabelledVerdicts judged = LabelledVerdicts.Of(await new Evaluator().RunAsync(plan, folder.Path));
        LabelledVerdicts read = await LabelledVerdicts.ReadAsync(folder.File(EvaluationFiles.Verdicts), verifier);
        Assert.Equal(judged.Scores, read.Scores);
        Assert.Equal(judged.Abstentions, read.Abstentions);
        Assert.Equal((80, 40), (judged.Scores.Count, judged.Abstentions));
        Assert.All(judged.Scores, s => Assert.Equal(s.Correct, s.Score == 1));
    }

    [Fact]
    public async Task Verdicts_OfAnotherVerifier_AreRefusedWithTheLine()
    {
        await new Evaluator().RunAsync(LabelledVerdicts.Plan(Stated(3), verifier), folder.Path);
        EvaluationDataException refused = await Assert.ThrowsAsync<EvaluationDataException>(() => LabelledVerdicts.ReadAsync(folder.File(EvaluationFiles.Verdicts), new LlmJudgeVerifier()));
        Assert.Equal(1, refused.Line);
        Assert.Contains("'arithmetic'", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EvaluationDataException>(() => LabelledVerdicts.ReadAsync(folder.Write("bad.jsonl", "{\"id\":1}"), verifier));
        await Assert.ThrowsAsync<EvaluationDataException>(() => LabelledVerdicts.ReadAsync(folder.File("none.jsonl"), verifier));
    }

    [Fact]
    public async Task Evaluation_WithoutAVerifier_WritesNoVerdicts()
    {
        await new Evaluator().RunAsync(MadeUp.Plan(2), folder.Path);
        Assert.False(File.Exists(folder.File(EvaluationFiles.Verdicts)));
    }

    [Fact]
    public void Table_NamesWhatWasMeasured()
    {
        string table = CalibrationTable.Render(CalibrationFitter.Fit(verifier, Overconfident(50), "00", 7));
        Assert.StartsWith("arithmetic: 250 scored candidates of 50 questions", table, StringComparison.Ordinal);
        Assert.Contains("7 abstentions", table, StringComparison.Ordinal);
        Assert.Contains("| before |", table, StringComparison.Ordinal);
    }

    /// <summary>Five candidates a question; P(right | s) is the square of the score.</summary>
    private static LabelledScore[] Overconfident(int questions)
    {
        var random = new SplitMix64(1);
        return [.. Enumerable.Range(0, questions * 5).Select(i => random.NextDouble()).Select((s, i) => new LabelledScore($"q{i / 5}", s, random.NextDouble() < s * s))];
    }

    /// <summary>A right calculation with a right answer, a wrong one with a wrong answer, and none.</summary>
    private static EvaluationData Stated(int questions) => new("stated", "ab", [.. Enumerable.Range(1, questions).Select(q => new EvaluationItem($"q{q}", $"What is {q} + 1?", $"{q + 1}",
    [
        new($"{q} + 1 = {q + 1}. The answer is {q + 1}.", $"{q + 1}", true),
        new($"{q} + 1 = {q + 2}. The answer is {q + 2}.", $"{q + 2}", false),
        new($"It is plain. The answer is {q}.", $"{q}", false),
    ]))]);
}
