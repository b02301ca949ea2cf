using Agents.Reasoning.Strategies;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class VerifiedConsistencyStrategyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0.5)]
    public void VerifierThatKnowsNothing_IsAdaptiveConsistencyExactly(double? score)
    {
        var verified = new VerifiedConsistencyStrategy(new() { Verifier = new ScoreVerifier(_ => score) });
        for (int seed = 0; seed < 100; seed++)
        {
            var options = new RunOptions { RunId = "same", Seed = seed };
            ScheduledOutcome plain = ScheduledRun.Run(new AdaptiveConsistencyStrategy(), Scripted.Request, new NoisyModel(0.5, failEvery: 0).Answer, seed, options);
            ScheduledOutcome judged = ScheduledRun.Run(verified, Scripted.Request, new NoisyModel(0.5, failEvery: 0).Answer, seed, options);
            Assert.Equal(plain.Result.Answer?.Canonical, judged.Result.Answer?.Canonical);
            Assert.Equal(plain.RequestedKeys, judged.RequestedKeys);
        }
    }

    [Fact]
    public void GoodVerdicts_SettleAStageThatVotesAloneLeaveOpen()
    {
        // 4 against 1 alone is 0.89; with weights 2 and 0.5 it is 8 against 0.5.
        string[] answers = ["1", "2", "1", "1", "1", "1"];
        ReasoningResult plain = Scripted.Run(new VerifiedConsistencyStrategy(new() { Schedule = [5, 35] }), answers);
        ReasoningResult judged = Scripted.Run(new VerifiedConsistencyStrategy(new() { Schedule = [5, 35], Verifier = new ScoreVerifier(c => c.Answer!.Text == "1" ? 1 : 0.25) }), answers);
        Assert.Equal(40, plain.Usage.ModelCalls);
        Assert.Equal(5, judged.Usage.ModelCalls);
        Assert.Equal(StopReason.Consensus, judged.StopReason);
        Assert.Equal([8, 0.5], judged.Votes.Select(v => v.Weight));
        Assert.Equal(BetaPosterior.LeaderIsAhead(8.0, 0.5), judged.Confidence);
    }

    [Fact]
    public void BadVerdicts_KeepAUnanimousVoteOpen()
    {
        ReasoningResult result = Scripted.Run(new VerifiedConsistencyStrategy(new() { Verifier = new ScoreVerifier(_ => 0.3) }), "1");
        Assert.Equal(8, result.Usage.ModelCalls);
    }

    [Fact]
    public void FewerAnswersThanMinSamples_NeverStop()
    {
        // Two answers of full weight have posterior 0.97, but two are not evidence.
        var strategy = new VerifiedConsistencyStrategy(new() { Schedule = [2, 2, 36], Verifier = new ScoreVerifier(_ => 1) });
        Assert.Equal(4, Scripted.Run(strategy, "1").Usage.ModelCalls);
        Assert.Equal(40, Scripted.Run(strategy, "1", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "").Usage.ModelCalls);
    }

    [Fact]
    public void AStage_IsLeftEarlyOnlyWhenNothingOpenCanChangeTheDecision()
    {
        // Each of full weight: 5 against 3 open ones is 10 to 6, which is not enough; 6 against 2 is 12 to 4, which is.
        var strategy = new VerifiedConsistencyStrategy(new() { Schedule = [8, 32], Verifier = new ScoreVerifier(_ => 1) });
        int seen = Scripted.Run(strategy, "1").Candidates.Count;
        Assert.Equal(6, seen);
        Assert.True(BetaPosterior.LeaderIsAhead(10.0, 6) < 0.95);
        Assert.True(BetaPosterior.LeaderIsAhead(12.0, 4) >= 0.95);
    }

    [Fact]
    public void OpenVerdicts_NeverChangeTheAnswerAfterAStop()
    {
        var strategy = new VerifiedConsistencyStrategy(new() { Schedule = [6, 6, 12], MaxSamples = 24, Verifier = new CallingVerifier() });
        for (int seed = 0; seed < 150; seed++)
        {
            var options = new RunOptions { RunId = "open", Seed = seed };
            string?[] answers = [.. Enumerable.Range(0, 8).Select(order => ScheduledRun.Run(strategy, Scripted.Request, new JudgedModel(0.6).Answer, order, options).Result.Answer?.Canonical)];
            Assert.Single(answers.Distinct(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void OpenVerdicts_AreAbandonedWhenTheStageIsLeft()
    {
        var strategy = new VerifiedConsistencyStrategy(new() { Verifier = new CallingVerifier() });
        ReasoningResult result = Scripted.Run(strategy, call => call.Role == "judge" ? CallOutcome.FromText("1") : Scripted.Solution("1"));
        Assert.Equal(StopReason.Consensus, result.StopReason);
        Assert.InRange(result.Usage.ModelCalls, 4, 8);
        Assert.Equal(2, result.Rounds);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void ThresholdOutOfRange_IsNamed(double threshold) =>
        Assert.Equal("Threshold", Assert.Throws<ArgumentOutOfRangeException>(() => new VerifiedConsistencyStrategy(new() { Threshold = threshold })).ParamName);
}
