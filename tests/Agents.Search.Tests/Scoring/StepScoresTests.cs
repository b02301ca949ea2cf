using Agents.Search.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Search.Tests.Scoring;

public sealed class StepScoresTests
{
    [Theory]
    [InlineData(ScoreAggregation.Last, 0.5)]
    [InlineData(ScoreAggregation.Min, 0.25)]
    [InlineData(ScoreAggregation.Product, 0.125)]
    public void Aggregate_ScoresWithAnAbstention_PassesItOver(ScoreAggregation aggregation, double expected) =>
        Assert.Equal(expected, StepScores.Aggregate([1, 0.25, null, 0.5, null], aggregation));

    [Fact]
    public void Aggregate_NothingKnown_IsNull()
    {
        Assert.Null(StepScores.Aggregate([], ScoreAggregation.Product));
        Assert.Null(StepScores.Aggregate([null, null], ScoreAggregation.Min));
    }

    [Fact]
    public void FirstBelow_ErrorBeforeTheLowestScore_FindsTheError()
    {
        Assert.Equal(2, StepScores.FirstBelow([0.9, null, 0.4, 0.45, 0.1]));
        Assert.Null(StepScores.FirstBelow([0.9, 0.5, null]));
        Assert.Equal(0, StepScores.FirstBelow([0.9, 0.5], threshold: 0.95));
        Assert.Null(StepScores.FirstBelow([]));
    }

    [Fact]
    public void Aggregate_AnyProbabilities_ProductIsAtMostMinIsAtMostLast() =>
        Prop.ForAll(Gen.Choose(0, 100).Select(p => p / 100.0).NonEmptyListOf().ToArbitrary(), list =>
        {
            double?[] scores = [.. list.Select(p => (double?)p)];
            double product = StepScores.Aggregate(scores, ScoreAggregation.Product)!.Value, min = StepScores.Aggregate(scores, ScoreAggregation.Min)!.Value;
            return product <= min && min <= StepScores.Aggregate(scores, ScoreAggregation.Last) && min == list.Min();
        }).QuickCheckThrowOnFailure();
}
