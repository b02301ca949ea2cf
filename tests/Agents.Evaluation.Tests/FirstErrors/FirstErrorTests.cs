using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Evaluation.Tests;

public sealed class FirstErrorTests
{
    private static readonly LabelledTrace wrongAtTwo = new("a", "sums", "What is 1 + 1 + 1 + 1?", ["1 + 1 = 2", "2 + 1 = 3", "3 + 1 = 5", "So it is 5."], 2);
    private static readonly LabelledTrace right = new("b", "sums", "What is 1 + 1?", ["1 + 1 = 2", "So it is 2."], null);
    private static readonly LabelledTrace slipUnseen = new("c", "words", "Who is first?", ["Ann is before Ben.", "So Ben is first."], 1);

    [Fact]
    public async Task Arithmetic_NamesTheFirstWrongStepAndNoneElsewhere()
    {
        IReadOnlyList<FirstErrorFigures> figures = await new FirstErrorBench(new ArithmeticVerifier(), new ReasoningModels(ScriptedSampler.FromTexts("unasked"))).RunAsync([wrongAtTwo, right, slipUnseen]);
        Assert.Equal(["sums", "words", "all"], figures.Select(f => f.Task));
        Assert.Equal(new FirstErrorFigures("sums", 2, 1, 1, 0.25, 1, 0, 2, 1, 6, 6), figures[0]);
        Assert.Equal(new FirstErrorFigures("words", 1, 1, 0, 0.5, 0, 0, 0, 1, 0, 2), figures[1]);
        Assert.Equal((1, 2, 0.375, 2), (figures[2].Located, figures[2].Wrong, figures[2].Chance, figures[2].Exact));
    }

    [Fact]
    public async Task StepJudge_IsAskedOnceAStepWithThoseBeforeIt()
    {
        var sampler = new ScriptedSampler(call => CallOutcome.FromText(call.Prompt.Contains("1 + 1 = 2\n2 + 1 = 3", StringComparison.Ordinal) ? "no" : "yes"));
        IReadOnlyList<FirstErrorFigures> figures = await new FirstErrorBench(new LlmStepJudgeVerifier(), new ReasoningModels(sampler)).RunAsync([wrongAtTwo]);
        Assert.Equal(4, sampler.Calls);
        Assert.Equal(1, Assert.Single(figures).Located);
    }

    [Fact]
    public async Task LogProbability_OfModelThatReadsGivenTexts_ScoresEveryStepWithOneCall()
    {
        var sampler = new ScriptedSampler(call =>
        {
            Assert.Equal("<think>", call.Messages[^1].Text);
            string[] pieces = [.. call.Options.ScoredText!.Split("</step>", StringSplitOptions.RemoveEmptyEntries).SelectMany(s => new[] { s, "</step>" })];
            return CallOutcome.FromText(call.Options.ScoredText!) with { LogProbabilities = [.. pieces.SelectMany(Tokens)] };
        }) { Capabilities = new() { LogProbabilities = true, ContinueAssistant = true, ScoresText = true } };
        IReadOnlyList<FirstErrorFigures> figures = await new FirstErrorBench(new LogProbabilityVerifier(), new ReasoningModels(sampler)).RunAsync([wrongAtTwo]);
        Assert.Equal(1, sampler.Calls);
        Assert.Equal((1, 4), (figures[0].Located, figures[0].Judged));

        // The tag, then the step: that with the slip is less probable than ½.
        static TokenLogProbability[] Tokens(string piece) => piece.StartsWith("<step>", StringComparison.Ordinal)
            ? [new("<step>", 0, []), new(piece[6..], Math.Log(piece.EndsWith("= 5", StringComparison.Ordinal) ? 0.2 : 0.8), [])]
            : [new(piece, 0, [])];
    }

    [Fact]
    public async Task LogProbability_OfModelThatDoesNot_ScoresNothing()
    {
        IReadOnlyList<FirstErrorFigures> figures = await new FirstErrorBench(new LogProbabilityVerifier(), new ReasoningModels(ScriptedSampler.FromTexts("unasked"))).RunAsync([wrongAtTwo, right]);
        Assert.Equal((0, 0), (figures[0].Judged, figures[0].Flagged));
    }

    [Fact]
    public async Task Fitted_ThresholdOfEitherHalf_IsUsedOnTheOther()
    {
        // Scores far below ½ that tell right from wrong all the same; the halves differ in what they hold.
        LabelledTrace[] traces = [.. Enumerable.Range(0, 8).Select(i => i % 3 == 0 ? right with { Id = $"r{i}" } : wrongAtTwo with { Id = $"w{i}" })];
        var verifier = new FixedScores(step => step.EndsWith("= 5", StringComparison.Ordinal) ? 0.1 : 0.2);
        var models = new ReasoningModels(ScriptedSampler.FromTexts("unasked"));
        Assert.Equal(0, (await new FirstErrorBench(verifier, models).RunAsync(traces))[0].Located);
        FirstErrorFigures fitted = (await new FirstErrorBench(verifier, models).RunFittedAsync(traces))[0];
        Assert.Equal((5, 5, 0, 8), (fitted.Wrong, fitted.Located, fitted.FlaggedRight, fitted.Exact));
    }

    [Fact]
    public async Task Fitted_ScoresThatTellNothing_AreNoBetterThanOneStatementAboutAll()
    {
        LabelledTrace[] traces = [.. Enumerable.Range(0, 20).Select(i => wrongAtTwo with { Id = $"w{i}", FirstError = i % 4 })];
        FirstErrorFigures fitted = (await new FirstErrorBench(new FixedScores(_ => 0.3), new ReasoningModels(ScriptedSampler.FromTexts("unasked"))).RunFittedAsync(traces))[0];
        Assert.True(fitted.Exact <= fitted.BestConstant);
    }

    private sealed class FixedScores(Func<string, double> score) : IStepVerifier
    {
        public string Name => "fixed";

        public string Fingerprint => "fixed/1";

        public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => throw new InvalidOperationException("Whole solutions are not asked about.");

        public Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution) => Task.FromResult(new Verdict(Name, score(solution.Steps[^1])));
    }

    [Theory]
    [InlineData("""{"id":"a","question":"q","gold":"g","steps":[],"first_error_step":null}""", "at least one step")]
    [InlineData("""{"id":"a","question":"q","gold":"g","steps":[{"label":1}],"first_error_step":null}""", "steps[0] has no text")]
    [InlineData("""{"id":"a","question":"q","gold":"g","steps":[{"text":"s"}]}""", "is missing")]
    [InlineData("""{"id":"a","question":"q","gold":"g","steps":[{"text":"s"}],"first_error_step":1}""", "an index from 0 to 0")]
    public async Task WrongLine_IsNamed(string line, string said)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, line);
            EvaluationDataException e = await Assert.ThrowsAsync<EvaluationDataException>(() => LabelledTrace.ReadAsync(file));
            Assert.Contains("line 1", e.Message, StringComparison.Ordinal);
            Assert.Contains(said, e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Table_StatesSharesWithTheirIntervals()
    {
        string table = FirstErrorTable.Render([new FirstErrorFigures("sums", 300, 200, 50, 0.2, 60, 5, 145, 100, 700, 1400)]);
        Assert.Contains("| sums | 300, 200 | 50.0 | 25.0 (19.5–31.4) | 20.0 | 5.0 (2.2–11.2) | 48.3 (42.7–54.0) | 33.3 |", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecordedMistakes_ArithmeticIsAboveChanceOnSums()
    {
        if (SharedData.Find("steps_bigbench_mistake.jsonl.gz") is not { } path)
            return;
        IReadOnlyList<FirstErrorFigures> figures = await new FirstErrorBench(new ArithmeticVerifier(), new ReasoningModels(ScriptedSampler.FromTexts("unasked"))).RunAsync(await LabelledTrace.ReadAsync(path));
        FirstErrorFigures sums = figures.Single(f => f.Task == "multistep_arithmetic");
        Assert.Equal(300, sums.Traces);
        Assert.True(WilsonInterval.Of(sums.Located, sums.Wrong).Low > sums.Chance);
    }
}
