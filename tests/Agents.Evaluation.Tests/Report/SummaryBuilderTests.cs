using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Evaluation.Tests;

public sealed class SummaryBuilderTests
{
    [Fact]
    public async Task Build_TwoStrategies_AgreesWithACountOverTheRecords()
    {
        EvaluationOutcome outcome = await new Evaluator().RunAsync(MadeUp.Plan(60));
        EvaluationSummary summary = SummaryBuilder.Build(outcome);
        bool[] one = [.. outcome.Records.Where(r => r.StrategyIndex == 0).Select(r => r.Correct == true)];
        bool[] five = [.. outcome.Records.Where(r => r.StrategyIndex == 1).Select(r => r.Correct == true)];
        Assert.Equal((one.Count(c => c), five.Count(c => c)), (summary.Strategies[0].Correct, summary.Strategies[1].Correct));
        PairedComparison pair = Assert.Single(summary.Pairs);
        Assert.Equal(one.Zip(five).Count(x => x.First && !x.Second), pair.OnlyFirst);
        Assert.Equal(one.Zip(five).Count(x => x.Second && !x.First), pair.OnlySecond);
        Assert.Equal(summary.Strategies[0].Accuracy - summary.Strategies[1].Accuracy, pair.Difference, 12);
        Assert.True(pair.DifferenceInterval.Contains(pair.Difference));
        Assert.Equal((28.0 * 60, 28.0 * 300), (Tokens(summary.Strategies[0]), Tokens(summary.Strategies[1])));

        static double Tokens(StrategySummary s) => s.InputTokens + s.OutputTokens;
    }

    [Fact]
    public async Task Build_CurveAtAllSamples_IsTheVoteOverThem()
    {
        EvaluationOutcome outcome = await new Evaluator().RunAsync(MadeUp.Plan(60));
        EvaluationSummary summary = SummaryBuilder.Build(outcome);
        Assert.Equal(summary.Strategies[1].Accuracy, summary.Curve!.Points[4].Majority, 12);
        Assert.Equal(summary.Strategies[0].Accuracy, summary.Curve.Points[0].Majority, 12);
        Assert.Equal(outcome.Plan.Data.Items.Average(i => i.Samples.Any(s => s.Correct == true) ? 1.0 : 0), summary.Curve.Points[4].Coverage, 12);
    }

    [Fact]
    public async Task Build_LiveModel_TakesTheCurveFromTheLargestFixedStrategy()
    {
        EvaluationPlan plan = MadeUp.Plan(10);
        EvaluationSummary summary = SummaryBuilder.Build(await new Evaluator().RunAsync(plan with { Models = item => ReplayModels.For(item), Answers = AnswerSource.Recorded }));
        Assert.Equal(5, summary.Curve!.Samples);
        Assert.Equal("the 5 candidates of majority-5 on each question", summary.CurveSource);
        EvaluationSummary single = SummaryBuilder.Build(await new Evaluator().RunAsync(plan with { Models = item => ReplayModels.For(item), Strategies = [plan.Strategies[0]] }));
        Assert.Null(single.Curve);
    }

    [Fact]
    public void Classes_EquivalentAnswersAndAbstentions_AreNumberedByFirstAppearance()
    {
        Candidate[] candidates = [.. new[] { "b", null, "a", "B", "a" }.Select((a, i) => new Candidate(i, new Sample(i, "", CallOutcome.FromText("")), a is null ? null : Answer.Parse(a)))];
        Assert.Equal([0, -1, 1, 0, 1], SampleCurves.Classes(candidates, AnswerEquivalence.Default));
    }

    [Fact]
    public async Task Build_SamplesOfSeveralModels_SaysThatTheyAreAMixture()
    {
        if (SharedData.Find("samples_gsm8k_openai_k4.jsonl.gz") is not { } path)
            return;
        EvaluationPlan plan = new() { Data = await EvaluationData.LoadAsync(path), Strategies = [new EvaluatedStrategy(new MajorityOf(4))] };
        Assert.Equal("4 models", SummaryBuilder.Build(await new Evaluator().RunAsync(plan)).Mixture);
    }
}
