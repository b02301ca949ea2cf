using Agents.Answers;
using Agents.Reasoning.Strategies;
using Agents.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class BestOfNStrategyTests
{
    [Fact]
    public void WeightedVote_TakesTheAnswerWithTheMostScore_NotTheHighestScore()
    {
        double[] scores = [0.9, 0.5, 0.6, 0.1];
        ReasoningResult result = Scripted.Run(Strategy(4, c => scores[c.Index]), "1", "2", "2", "3");
        Assert.Equal("2", result.Answer!.Text);
        Assert.Equal(1, result.Selected!.Index);
        Assert.Equal([1.1, 0.9, 0.1], result.Votes.Select(v => Math.Round(v.Weight, 9)));
        Assert.Equal(1.1 / 2.1, result.Confidence!.Value, 9);
    }

    [Fact]
    public void Highest_TakesTheBestScore_TiesToTheFirstSeen()
    {
        double[] scores = [0.2, 0.9, 0.5, 0.9];
        ReasoningResult result = Scripted.Run(Strategy(4, c => scores[c.Index], BestOfNSelection.Highest), "1", "2", "1", "3");
        Assert.Equal(1, result.Selected!.Index);
        Assert.Equal(0.9, result.Confidence);
    }

    [Fact]
    public void Abstention_CountsAsThePrior_NeverAsZero()
    {
        // Two abstentions, ½ each, outweigh one score of 0.9; as zeros they would lose.
        ReasoningResult result = Scripted.Run(Strategy(3, c => c.Index == 0 ? 0.9 : null), "1", "2", "2");
        Assert.Equal("2", result.Answer!.Text);
        Assert.Contains("2 of 3 verdicts abstained: No opinion.", result.Notes);
    }

    [Theory]
    [InlineData(BestOfNSelection.WeightedVote)]
    [InlineData(BestOfNSelection.Highest)]
    public void NoVerdictAtAll_LeavesThePlurality(BestOfNSelection selection) =>
        Assert.Equal("2", Scripted.Run(Strategy(3, _ => null, selection), "1", "2", "2").Answer!.Text);

    [Theory]
    [InlineData(1.5)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void ScoreOutsideZeroToOne_IsAnAbstention(double score)
    {
        ReasoningResult result = Scripted.Run(Strategy(3, c => c.Index == 0 ? score : 0.5), "1", "2", "2");
        Assert.Equal("2", result.Answer!.Text);
        Assert.Null(result.Candidates[0].Verdicts[0].Score);
        Assert.Contains("outside 0 to 1", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void CandidatesWithoutAnAnswer_AreNotJudged()
    {
        ReasoningResult result = Scripted.Run(Strategy(3, _ => 1), "1", "", null);
        Assert.Equal([1, 0, 0], result.Candidates.Select(c => c.Verdicts.Count));
        Assert.Equal("1", result.Answer!.Text);
    }

    [Fact]
    public void JudgingOverlapsSampling_InTwoRoundsWhateverNAndK()
    {
        var strategy = new BestOfNStrategy(new() { Samples = 16, Verifier = new CallingVerifier(calls: 5) });
        ReasoningResult result = Scripted.Run(strategy, new JudgedModel(right: 1, failEvery: 0).Answer);
        Assert.Equal(16 + 16 * 5, result.Usage.ModelCalls);
        Assert.Equal(2, result.Rounds);
    }

    [Fact]
    public void ACandidateIsJudged_InTheBranchOfItsIndex()
    {
        ScheduledOutcome run = ScheduledRun.Run(new BestOfNStrategy(new() { Samples = 3, Verifier = new CallingVerifier() }), Scripted.Request, new JudgedModel(right: 1, failEvery: 0).Answer, 5);
        Assert.Equal(["/candidate0", "/candidate1", "/candidate2"], run.RequestedKeys.Where(k => k[0] == '/').Select(k => k.Split('|')[0]));
    }

    [Fact]
    public void WeightedVote_IsTheArgmaxOfTheSummedScores_ForAnyScores() =>
        Prop.ForAll<NonEmptyArray<(byte, byte)>>(drawn =>
        {
            (int Answer, double Score)[] samples = [.. drawn.Get.Select(d => (d.Item1 % 4, (d.Item2 % 65) / 64.0))];
            double[] sums = [.. Enumerable.Range(0, 4).Select(a => samples.Where(s => s.Answer == a).Sum(s => s.Score))];
            int expected = samples.Select(s => s.Answer).Distinct().MaxBy(a => sums[a]);
            string[] answers = [.. samples.Select(s => $"{s.Answer}")];
            return Scripted.Run(Strategy(samples.Length, c => samples[c.Index].Score), answers).Answer!.Text == $"{expected}";
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void WeightedVote_UnderAnyConstantVerifier_IsThePlurality() =>
        Prop.ForAll<NonEmptyArray<byte>, byte>((drawn, level) =>
        {
            string[] answers = [.. drawn.Get.Select(d => $"{d % 4}")];
            Answer? vote = Scripted.Run(new SelfConsistencyStrategy(new() { Samples = answers.Length }), answers).Answer;
            return Scripted.Run(Strategy(answers.Length, _ => (1 + level % 16) / 16.0), answers).Answer!.Text == vote!.Text;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Abstention_IsTheSameAsAScoreOfOneHalf_ForAnyScores() =>
        Prop.ForAll<NonEmptyArray<(byte, byte)>>(drawn =>
        {
            (string Answer, double? Score)[] samples = [.. drawn.Get.Select(d => ($"{d.Item1 % 4}", d.Item2 % 3 == 0 ? (double?)null : d.Item2 / 256.0))];
            string[] answers = [.. samples.Select(s => s.Answer)];
            ReasoningResult abstaining = Scripted.Run(Strategy(answers.Length, c => samples[c.Index].Score), answers);
            ReasoningResult half = Scripted.Run(Strategy(answers.Length, c => samples[c.Index].Score ?? 0.5), answers);
            return abstaining.Selected!.Index == half.Selected!.Index && abstaining.Confidence == half.Confidence;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void SamplesBelowOne_IsNamed() =>
        Assert.Equal("Samples", Assert.Throws<ArgumentOutOfRangeException>(() => new BestOfNStrategy(new() { Samples = 0 })).ParamName);

    private static BestOfNStrategy Strategy(int samples, Func<Candidate, double?> score, BestOfNSelection selection = BestOfNSelection.WeightedVote) =>
        new(new() { Samples = samples, Verifier = new ScoreVerifier(score), Selection = selection });
}
