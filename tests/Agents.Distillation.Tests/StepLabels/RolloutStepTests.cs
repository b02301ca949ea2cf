using Agents.Testing;

namespace Agents.Distillation.Tests.StepLabels;

public sealed class RolloutStepTests
{
    private const int Length = 13;

    private static TrainingQuestion Question(params int[] errors) => Made.Asked("q", "Add one thirteen times.", "13", [.. errors.Select(e => Walk.Solution(Length, e))]);

    private static async Task<(IReadOnlyList<Trace> Traces, RolloutStep Step)> LabelAsync(RolloutSearch search, ScriptedSampler model, TrainingQuestion question, int completions = 4)
    {
        var step = new RolloutStep(new TeacherModel(model), completions, search);
        IReadOnlyList<TraceDecision> decisions = await step.DecideAsync(question);
        Assert.All(decisions, d => Assert.Null(d.DroppedFor));
        return ([.. decisions.Select(d => d.Trace)], step);
    }

    [Fact]
    public async Task Every_LabelsEachStep_BySharesOfRightCompletions()
    {
        (IReadOnlyList<Trace> traces, RolloutStep step) = await LabelAsync(RolloutSearch.Every, Walk.Model(Length), Question(-1, 5));
        Assert.All(traces[0].Steps, s => Assert.Equal((true, 4, 4), (s.IsRight, s.Right, s.Of)));
        Assert.Equal(Enumerable.Range(0, Length).Select(i => i < 5), traces[1].Steps.Select(s => s.IsRight));
        Assert.Equal(traces[1].Text[..traces[1].Text.IndexOf("</think>", StringComparison.Ordinal)], string.Concat(traces[1].Steps.Select(s => s.Written)));
        // Five beginnings are shared by both: 13 + 8 prefixes.
        Assert.Equal(21 * 4, step.Figures["completions"]);
        Assert.Equal(2 * Length, step.Figures["steps labelled"]);
    }

    [Fact]
    public async Task Binary_FindsTheFirstErrorOfEveryPlace_WithFewerCompletions()
    {
        int[] places = [.. Enumerable.Range(0, Length)];
        for (int error = 0; error < Length; error++)
        {
            ScriptedSampler model = Walk.Model(Length);
            (IReadOnlyList<Trace> traces, _) = await LabelAsync(RolloutSearch.Binary, model, Question(error));
            Assert.Equal(places[..(error + 1)].Select(i => i < error), traces[0].Steps.Select(s => s.IsRight));
            // ⌈log₂ 13⌉ prefixes of 4 completions each at the most.
            Assert.InRange(model.Calls, 1, 4 * 4);
        }
    }

    [Fact]
    public async Task Binary_AgreesWithEvery_UpToTheFirstError_AndCountsWhatItSaves()
    {
        TrainingQuestion question = Question(-1, 0, 3, 7, 12);
        (IReadOnlyList<Trace> every, _) = await LabelAsync(RolloutSearch.Every, Walk.Model(Length), question);
        (IReadOnlyList<Trace> binary, RolloutStep step) = await LabelAsync(RolloutSearch.Binary, Walk.Model(Length), question);
        for (int i = 0; i < every.Count; i++)
            Assert.Equal(every[i].Steps.Take(binary[i].Steps.Count).Select(s => s.IsRight), binary[i].Steps.Select(s => s.IsRight));
        // 13 prefixes each; the wrong ones share 3 and 7 of them among each other, and the right one all but its last.
        Assert.Equal(4 * (13 + 13 + 10 + 6), step.Figures["completions for every prefix of wrong traces"]);
        Assert.Equal(4 * (13 + 13 + 10 + 6 + 1), step.Figures["completions for every prefix"]);
        Assert.InRange(step.Figures["completions"], 1, step.Figures["completions for every prefix of wrong traces"] / 2);
    }

    [Fact]
    public async Task Labels_OfAModelThatNeverErrs_AgreeWithExactArithmetic()
    {
        (_, RolloutStep step) = await LabelAsync(RolloutSearch.Every, Walk.Model(Length), Question(-1, 2, 9));
        // 13 steps of the first, 3 and 10 up to the errors of the others.
        Assert.Equal(26, step.Figures["against exact arithmetic: steps compared"]);
        Assert.Equal(26, step.Figures["against exact arithmetic: steps agreed"]);
        Assert.InRange(step.Figures["against exact arithmetic: share agreed, low"], .8, .99);
        Assert.Equal(2, step.Figures["against exact arithmetic: wrong traces with a wrong calculation"]);
        Assert.Equal(2, step.Figures["against exact arithmetic: of these, first error at that step"]);
    }

    [Fact]
    public async Task Labels_OfAWrongWay_AreWrongBeforeAnyCalculationIs()
    {
        // Nothing leads to 13 from here, and the wrong calculation comes two steps later.
        const string text = "<think><step>0+5=5</step><step>5+5=10</step><step>10+5=16</step></think><answer>16</answer>";
        foreach (RolloutSearch search in Enum.GetValues<RolloutSearch>())
        {
            (IReadOnlyList<Trace> traces, RolloutStep step) = await LabelAsync(search, Walk.Model(Length), Made.Asked("q", "Add one thirteen times.", "13", text));
            Assert.False(traces[0].Steps[0].IsRight);
            Assert.Equal((1, 0), (step.Figures["against exact arithmetic: steps compared"], step.Figures["against exact arithmetic: steps agreed"]));
            Assert.Equal(1, step.Figures["against exact arithmetic: of these, first error before it"]);
        }
    }

    [Fact]
    public async Task Labels_OfAModelThatAlwaysErrs_AreAllWrong_AndDisagree()
    {
        (IReadOnlyList<Trace> traces, RolloutStep step) = await LabelAsync(RolloutSearch.Every, ScriptedSampler.FromTexts("</think><answer>7</answer>"), Question(-1), completions: 2);
        Assert.All(traces[0].Steps, s => Assert.False(s.IsRight));
        Assert.Equal((1, 0), (step.Figures["against exact arithmetic: steps compared"], step.Figures["against exact arithmetic: steps agreed"]));
    }

    [Fact]
    public async Task Decide_ModelThatCannotContinue_IsShownTheSteps()
    {
        var asked = new List<string>();
        var model = new ScriptedSampler(call =>
        {
            lock (asked)
                asked.Add(call.Prompt);
            return Agents.Reasoning.CallOutcome.FromText("<answer>2</answer>");
        });
        await LabelAsync(RolloutSearch.Every, model, Made.Asked("q", "Add one twice.", "2", "0+1=1\n1+1=2\nThe answer is 2."), completions: 1);
        Assert.Equal(2, asked.Count);
        Assert.Contains("1. 0+1=1\n2. 1+1=2", asked.Single(a => a.Contains("2. ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "0+1=1", "no right answer known")]
    [InlineData("1", "   ", "no steps")]
    public async Task Decide_WhatCannotBeLabelled_IsDroppedByName(string? gold, string text, string reason) =>
        Assert.Equal([reason], await new RolloutStep(new TeacherModel(Walk.Model(1)), 1).Reasons(Made.Question("q", gold, text)));

    [Fact]
    public async Task Decide_FailedCompletions_DropTheTrace_AndLabelNothing() => Assert.Equal(
        ["completions failed"],
        await new RolloutStep(new TeacherModel(ScriptedSampler.Failing(Agents.Reasoning.CallFailureKind.Other, "down")), 2).Reasons(Question(3)));

    [Fact]
    public async Task Pairs_OfSiblings_ShareTheirBeginning_AndDifferInOneStep()
    {
        (IReadOnlyList<Trace> traces, _) = await LabelAsync(RolloutSearch.Binary, Walk.Model(Length), Question(4, 4, 8));
        TrainingQuestion labelled = Question() with { Traces = [], Wrong = traces };
        TrainingRow[] rows = [.. TrainingFormat.Find("trl-dpo-steps")!.RowsOf(labelled)];
        // The same slip is one pair. Nothing of the traces is right there: the right steps are the completions' own.
        Assert.Equal(2, rows.Length);
        Assert.Equal(["<step>4+1=5</step>", "<step>8+1=9</step>"], rows.Select(r => (string?)r.Json["chosen"]![0]!["content"]));
        Assert.Equal(["<step>4+1=6</step>", "<step>8+1=10</step>"], rows.Select(r => (string?)r.Json["rejected"]![0]!["content"]));
        Assert.All(rows, r => Assert.Equal("assistant", (string?)r.Json["prompt"]!.AsArray()[^1]!["role"]));
        Assert.EndsWith("<step>3+1=4</step>", (string?)rows[0].Json["prompt"]!.AsArray()[^1]!["content"], StringComparison.Ordinal);
    }
}
