using Agents.Answers;
using Agents.Reasoning.Composition;
using Agents.Reasoning.Tests.Strategies;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Reasoning.Tests.Composition;

public sealed class VerifiedByTests
{
    [Fact]
    public void AnyVerifier_GivesAnAnswerOfTheStrategy_AndTheFirstThatIsNotRejected() =>
        Prop.ForAll<NonEmptyArray<byte>, byte>((drawn, salt) =>
        {
            string[] answers = [.. drawn.Get.Select(d => $"{d % 4}")];
            IReasoningStrategy inner = new Agents.Reasoning.Strategies.SelfConsistencyStrategy(new() { Samples = answers.Length });
            ReasoningResult plain = Scripted.Run(inner, answers);
            // Scores by answer: the verdict on an answer is the same whoever states it.
            double? Score(string answer) => ((answer[0] * 7 + salt) % 5) switch { 0 => null, var s => s / 4.0 };
            ReasoningResult verified = Scripted.Run(inner.VerifiedBy(new ScoreVerifier(c => Score(c.Answer!.Text)), new() { Accept = 0.6 }), answers);
            string[] order = [.. plain.Votes.Select(v => v.Answer.Text)];
            string expected = order.FirstOrDefault(a => Score(a) is null or >= 0.6) ?? order.MaxBy(a => Score(a))!;
            return verified.Answer!.Text == expected && (verified.StopReason == StopReason.Verified) == (Score(expected) >= 0.6);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void VerifierThatAbstains_LeavesTheResultUnverified()
    {
        ReasoningResult result = Scripted.Run(SelfConsistency(3).VerifiedBy(new ScoreVerifier(_ => null)), "1", "2", "2");
        Assert.Equal("2", result.Answer!.Text);
        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.Equal(2.0 / 3, result.Confidence);
        Assert.Contains(result.Notes, n => n.Contains("No opinion", StringComparison.Ordinal));
    }

    [Fact]
    public void AllRejected_SaysSo_AndTakesTheHighestScore()
    {
        ReasoningResult result = Scripted.Run(SelfConsistency(4).VerifiedBy(new ScoreVerifier(c => c.Answer!.Text == "3" ? 0.4 : 0.1)), "1", "1", "2", "3");
        Assert.Equal("3", result.Answer!.Text);
        Assert.Equal(0.4, result.Confidence);
        Assert.NotEqual(StopReason.Verified, result.StopReason);
        Assert.Contains(result.Notes, n => n.Contains("All 3 answers judged were rejected", StringComparison.Ordinal));
    }

    [Fact]
    public void ExactCheckOfTheRequest_FindsTheRightAnswerOfAMinority()
    {
        ReasoningRequest request = Scripted.Request with { Checker = new EqualsChecker("7") };
        var strategy = SelfConsistency(5).VerifiedBy(new ScoreVerifier(_ => 1));
        ReasoningResult result = Testing.ScheduledRun.Run(strategy, request, call => Scripted.Solution(call.Index == 4 ? "7" : "1"), 0).Result;
        Assert.Equal("7", result.Answer!.Text);
        Assert.Equal(StopReason.Verified, result.StopReason);
    }

    [Fact]
    public void NoAnswer_IsNotJudged()
    {
        ReasoningResult result = Scripted.Run(SelfConsistency(2).VerifiedBy(new CallingVerifier()), "", "");
        Assert.Null(result.Answer);
        Assert.Equal(2, result.Usage.ModelCalls);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1.1, 4)]
    [InlineData(0.5, 0)]
    public void OptionsOutOfRange_AreRefused(double accept, int answers) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SelfConsistency(1).VerifiedBy(new ScoreVerifier(_ => 1), new() { Accept = accept, MaxAnswers = answers }));

    private static IReasoningStrategy SelfConsistency(int samples) => StrategyCatalogue.Create("self-consistency", new() { Samples = samples });

    private sealed class EqualsChecker(string right) : IAnswerChecker
    {
        public bool? Check(ReasoningRequest request, Answer answer) => answer.Text == right;
    }
}
