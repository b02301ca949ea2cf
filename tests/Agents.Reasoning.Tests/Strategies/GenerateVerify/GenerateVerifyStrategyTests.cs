using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class GenerateVerifyStrategyTests
{
    [Fact]
    public void FirstVerdictThatPasses_EndsTheRun()
    {
        ReasoningResult result = Scripted.Run(Strategy(c => c.Answer!.Text == "3" ? 1 : 0), "1", "2", "1", "1", "1", "3", "3", "1");
        Assert.Equal("3", result.Answer!.Text);
        Assert.Equal(5, result.Selected!.Index);
        Assert.Equal(StopReason.Verified, result.StopReason);
        Assert.Equal(1, result.Confidence);
        Assert.Equal(8, result.Usage.ModelCalls);
    }

    [Fact]
    public void OfSeveralThatPass_TheLowestIndexIsTheAnswerInEveryOrder()
    {
        for (int order = 0; order < 50; order++)
            Assert.Equal(1, Scripted.Run(Strategy(c => c.Index == 0 ? 0.2 : 1), call => Scripted.Solution($"{call.Index}"), order).Selected!.Index);
    }

    [Fact]
    public void NothingPasses_TheWeightedVoteDecidesAndSaysSo()
    {
        ReasoningResult result = Scripted.Run(Strategy(c => c.Answer!.Text == "2" ? 0.7 : 0.1), "1", "1", "2", "1");
        Assert.Equal("2", result.Answer!.Text);
        Assert.Equal(16, result.Usage.ModelCalls);
        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.Equal(0.7, result.Confidence);
        Assert.Contains("not verified", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAbstention_DoesNotPass() =>
        Assert.NotEqual(StopReason.Verified, Scripted.Run(Strategy(_ => null), "1").StopReason);

    [Fact]
    public void MaxSamples_CutsTheLastWave() =>
        Assert.Equal(6, Scripted.Run(new GenerateVerifyStrategy(new() { MaxSamples = 6, Verifier = new ScoreVerifier(_ => 0) }), "1").Usage.ModelCalls);

    [Fact]
    public void AcceptOutOfRange_IsNamed() =>
        Assert.Equal("Accept", Assert.Throws<ArgumentOutOfRangeException>(() => new GenerateVerifyStrategy(new() { Accept = 0 })).ParamName);

    private static GenerateVerifyStrategy Strategy(Func<Candidate, double?> score) => new(new() { Verifier = new ScoreVerifier(score) });
}
