using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Distillation.Tests.Sources;

public sealed class RunTracesTests
{
    private static Candidate Candidate(int index, string key, CallOutcome outcome, string? answer, double? score = null) => new(index, new Sample(index, key, outcome), answer is null ? null : Answer.Parse(answer))
    {
        Verdicts = score is { } value ? [new Verdict("judge", value), Verdict.Abstain("other", "?")] : [],
    };

    private static RecordedRun Run(string id, string question, long seed, params Candidate[] candidates) => new(
        id, "best-of-n", new RunSubject(question, AnswerKind.Any, seed, new Dictionary<string, string> { ["*"] = "small", ["solver"] = "large" }) { Temperature = 0.5 },
        new ReasoningResult { Strategy = "best-of-n", StopReason = StopReason.Completed, Candidates = candidates });

    [Fact]
    public void Of_Run_GivesItsCandidatesWithWhereTheyComeFrom()
    {
        RecordedRun run = Run("r1", "6*7?", 9,
            Candidate(0, "|solver|abc#0", new CallOutcome { Text = "<answer>42</answer>", Thinking = "6*7=42", Usage = new CallUsage(5, 11) }, "42", .9),
            Candidate(1, "|solver|abc#1", CallOutcome.Failed(CallFailureKind.Other, "down"), null),
            Candidate(2, "|solver|abc#2", CallOutcome.FromText("The answer is 41."), "41"));
        IReadOnlyList<Trace> traces = RunTraces.Of(run, "42", "folder");
        Assert.Equal(["<think>6*7=42</think><answer>42</answer>", "The answer is 41."], traces.Select(t => t.Text));
        Assert.Equal([true, false], traces.Select(t => t.IsRight));
        Provenance from = traces[0].Provenance;
        Assert.Equal(("folder", "large", "abc", 9L, "temperature 0.5", "best-of-n", "r1"), (from.Source, from.Teacher, from.Prompt, from.Seed, from.Sampling, from.Strategy, from.Run));
        Assert.Equal(11, traces[0].Tokens);
        Assert.Equal([("judge", .9)], traces[0].VerifiedBy);
    }

    [Fact]
    public void Questions_RunsThatShareSamples_CountEachOnce()
    {
        Candidate one = Candidate(0, "|solver|abc#0", CallOutcome.FromText("a"), "1"), two = Candidate(1, "|solver|abc#1", CallOutcome.FromText("a"), "1");
        RecordedRun[] runs =
        [
            Run("r1", "q", 1, one), Run("r2", "q", 1, one, two), Run("r3", "q ", 2, one), Run("r4", "other", 1, one),
            Run("r5", "q", 1, two) with { Subject = null },
            Run("r6", "and then?", 1, two) with { Subject = new RunSubject("and then?", AnswerKind.Any, 1, new Dictionary<string, string>()) { Messages = 3 } },
        ];
        IReadOnlyList<TrainingQuestion> questions = RunTraces.Questions(runs, q => q == "q" ? ("id-q", "1") : null, "s", out RunsLeftOut left);
        Assert.Equal((1, 1), (left.WithoutSubject, left.Conversations));
        Assert.Equal(2, questions.Count);
        Assert.Equal("id-q", questions[0].Id);
        // The two samples of seed 1, though their texts are equal, and that of seed 2.
        Assert.Equal([(1L, 0), (1L, 1), (2L, 2)], questions[0].Traces.Select(t => (t.Provenance.Seed!.Value, t.Provenance.Index)));
        Assert.Equal((null, null), (questions[1].Gold, questions[1].Traces[0].IsRight));
    }

    [Fact]
    public void Questions_CandidatesWithoutACall_AreNotTakenForOneSample()
    {
        Candidate[] given = [Candidate(0, "given", CallOutcome.FromText("a"), "1"), Candidate(1, "given", CallOutcome.FromText("a"), "1")];
        TrainingQuestion question = Assert.Single(RunTraces.Questions([Run("r1", "q", 1, given)], _ => null, "s", out _));
        Assert.Equal(2, question.Traces.Count);
    }
}
