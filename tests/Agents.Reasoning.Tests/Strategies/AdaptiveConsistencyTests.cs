using System.Globalization;
using Agents.Reasoning.Strategies;
using Agents.Testing;
using Xunit.Abstractions;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class AdaptiveConsistencyTests(ITestOutputHelper log)
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("q");

    /// <summary>One sample a stage is the published rule: its expected samples with two answers are known exactly.</summary>
    [Theory]
    [InlineData(0.9, 5.62, 0.0001)]
    [InlineData(0.8, 8.72, 0.0019)]
    [InlineData(0.7, 15.11, 0.0149)]
    [InlineData(0.6, 24.16, 0.1244)]
    public void OneSampleAStage_HasTheExpectationOfThePublishedRule(double p, double samples, double wrongMode)
    {
        const int runs = 3000;
        var strategy = new AdaptiveConsistencyStrategy(new() { Schedule = [.. Enumerable.Repeat(1, 40)] });
        double drawn = 0, wrong = 0;
        for (int run = 0; run < runs; run++)
        {
            ReasoningResult result = Run(strategy, run, random => random.NextDouble() < p ? "1" : "2");
            drawn += result.Usage.ModelCalls;
            wrong += result.Answer!.Text == "2" ? 1 : 0;
        }

        log.WriteLine($"p = {p}: {drawn / runs:0.00} samples, wrong mode {wrong / runs:0.0000}");
        // Four standard errors: samples vary by less than 14 a run, wrong modes binomially.
        Assert.Equal(samples, drawn / runs, 4 * 14 / Math.Sqrt(runs));
        Assert.Equal(wrongMode, wrong / runs, 4 * Math.Sqrt(wrongMode / runs) + 0.001);
    }

    /// <summary>
    /// The synthetic mixture of easy, middling and hard questions: against the vote over 40, the schedule 4/4/8/24 needs about 21
    /// samples in 2.65 rounds and almost always gives the same answer.
    /// </summary>
    [Fact]
    public void Schedule_OnTheSyntheticMixture_SavesHalfTheSamplesAtEqualAccuracy()
    {
        const int problems = 4000;
        var adaptive = new AdaptiveConsistencyStrategy();
        var full = new SelfConsistencyStrategy(new() { Samples = 40 });
        double calls = 0, rounds = 0, disagree = 0, predicted = 0, right = 0, rightFull = 0;
        for (int problem = 0; problem < problems; problem++)
        {
            double[] answers = SyntheticProblem.Draw(new Random(problem));
            string Draw(Random random) => SyntheticProblem.Sample(answers, random).ToString(CultureInfo.InvariantCulture);
            ReasoningResult some = Run(adaptive, problem, Draw), all = Run(full, problem, Draw);
            calls += some.Usage.ModelCalls;
            rounds += some.Rounds;
            disagree += some.Answer!.Text == all.Answer!.Text ? 0 : 1;
            predicted += some.StopReason == StopReason.Consensus && some.Usage.ModelCalls < 40 ? 1 - some.Confidence!.Value : 0;
            right += some.Answer.Text == "0" ? 1 : 0;
            rightFull += all.Answer.Text == "0" ? 1 : 0;
        }

        log.WriteLine(FormattableString.Invariant($"{calls / problems:0.0} samples in {rounds / problems:0.00} rounds; disagrees on {100 * disagree / problems:0.00} % (the rule allows {100 * predicted / problems:0.00} %); accuracy {100 * right / problems:0.00} against {100 * rightFull / problems:0.00}"));
        Assert.InRange(calls / problems, 20.2, 22.2);
        Assert.InRange(rounds / problems, 2.5, 2.8);
        Assert.True(disagree / problems <= 0.005);
        Assert.InRange(right / problems - rightFull / problems, -0.002, 0.004);
    }

    [Theory]
    [InlineData(40, new[] { 4, 4, 8, 24 })]
    [InlineData(10, new[] { 4, 4, 2 })]
    [InlineData(4, new[] { 4 })]
    [InlineData(3, new[] { 3 })]
    [InlineData(64, new[] { 4, 4, 8, 48 })]
    public void Stages_AreTheScheduleCutOrExtended(int most, int[] stages) =>
        Assert.Equal(stages, new AdaptiveConsistencyOptions { MaxSamples = most }.Stages);

    [Fact]
    public void UnanimousFirstStage_StopsAtFour()
    {
        ReasoningResult result = Run(new AdaptiveConsistencyStrategy(), 1, _ => "1");
        Assert.Equal(4, result.Usage.ModelCalls);
        Assert.Equal(StopReason.Consensus, result.StopReason);
        Assert.Equal(0.96875, result.Confidence!.Value, 6);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void ThresholdOutOfRange_IsNamed(double threshold) =>
        Assert.Equal("Threshold", Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveConsistencyStrategy(new() { Threshold = threshold })).ParamName);

    private static ReasoningResult Run(IReasoningStrategy strategy, int run, Func<Random, string> draw) =>
        // The sample's seed decides, so that both strategies of a comparison see the same samples.
        ScheduledRun.Run(strategy, request, call => CallOutcome.FromText($"<answer>{draw(new Random((int)call.Seed))}</answer>"), run, new RunOptions { RunId = "r", Seed = run }).Result;
}
