using Agents.Reasoning.Composition;
using Agents.Reasoning.Strategies;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class VotingStrategyTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");

    [Fact]
    public void SelfConsistency_TakesThePluralityByEquivalence_AndTiesGoToTheFirstSeen()
    {
        ReasoningResult result = Run(new SelfConsistencyStrategy(new() { Samples = 5 }), "1/2", "3", "0.5", "3", "");
        Assert.Equal("1/2", result.Answer!.Text);
        Assert.Equal([2, 2], result.Votes.Select(v => v.Votes));
        Assert.Equal(1, result.Abstentions);
        Assert.Equal(0.5, result.Confidence);
        Assert.Equal(0, result.Selected!.Index);
    }

    [Fact]
    public void SelfConsistency_CountsAnswersNotWording()
    {
        // Three texts that differ in wording and agree, against two of one wording: a vote over texts would get this wrong.
        ReasoningResult result = Run(new SelfConsistencyStrategy(new() { Samples = 5 }), call => CallOutcome.FromText(call.Index switch
        {
            0 => "First I add. The answer is 42.",
            1 => "The answer is 41.",
            2 => "Multiplying six by seven yields \\boxed{42}",
            3 => "The answer is 41.",
            _ => "<think>41? no</think>So: <answer>42</answer>",
        }));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(3, result.Votes[0].Votes);
    }

    [Fact]
    public void EarlyStopping_StopsAfterTheFirstUnanimousWindow()
    {
        ReasoningResult result = Run(new EarlyStoppingConsistencyStrategy(new() { Window = 3, MaxSamples = 12 }), "1", "2", "1", "1", "1", "1", "3", "3", "3");
        Assert.Equal("1", result.Answer!.Text);
        Assert.Equal(6, result.Usage.ModelCalls);
        Assert.Equal(2, result.Rounds);
        Assert.Equal(StopReason.Consensus, result.StopReason);
    }

    [Fact]
    public void EarlyStopping_AnAbstentionIsNotAgreement() =>
        Assert.Equal(9, Run(new EarlyStoppingConsistencyStrategy(new() { Window = 3, MaxSamples = 9 }), "1", "1", "", "1", "", "1", "", "1", "1").Usage.ModelCalls);

    [Fact]
    public void UniversalSelfConsistency_FollowsTheSelector()
    {
        string[] answers = ["1", "2", "2"];
        ReasoningResult result = Run(new UniversalSelfConsistencyStrategy(new() { Samples = 3 }), call => call.Role == "selector"
            ? CallOutcome.FromText($"They differ.\nMost consistent response: {NumberOf(call, "<answer>1</answer>")}")
            : Answer(answers[call.Index]));
        Assert.Equal("1", result.Answer!.Text);
        Assert.Equal(1.0 / 3, result.Confidence!.Value, 6);
    }

    [Fact]
    public void UniversalSelfConsistency_UnreadableSelection_AbstainsAndTheVoteDecides()
    {
        string[] answers = ["1", "2", "2"];
        ReasoningResult result = Run(new UniversalSelfConsistencyStrategy(new() { Samples = 3 }), call => call.Role == "selector" ? CallOutcome.FromText("I cannot decide.") : Answer(answers[call.Index]));
        Assert.Equal("2", result.Answer!.Text);
        Assert.Contains("abstain", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Most consistent response: 3", 3)]
    [InlineData("**Most consistent response:** **2**", 2)]
    [InlineData("Response 1 is odd. Response 4 agrees.\nMost consistent response: Response 4.", 4)]
    [InlineData("<think>Most consistent response: 1</think>Most consistent response: 2", 2)]
    [InlineData("I choose response 2.", 2)]
    [InlineData("3", 3)]
    [InlineData("Most consistent response: 9", null)]
    [InlineData("Most consistent response: none. There are 3 of them.", null)]
    [InlineData("no idea", null)]
    [InlineData("", null)]
    public void SelectionReader_ReadsANumberOrAbstains(string text, int? expected) => Assert.Equal(expected, SelectionReader.Read(text, 4));

    [Fact]
    public void RepeatedSampling_WithAChecker_TakesTheFirstThatPasses()
    {
        ReasoningRequest checkedRequest = request with { Checker = new EqualsChecker("3") };
        ReasoningResult result = Run(new RepeatedSamplingStrategy(new() { Samples = 5 }), call => Answer(new[] { "1", "1", "3", "1", "3" }[call.Index]), checkedRequest);
        Assert.Equal("3", result.Answer!.Text);
        Assert.Equal(2, result.Selected!.Index);
        Assert.Equal(StopReason.Verified, result.StopReason);
    }

    [Fact]
    public void RepeatedSampling_WhenNothingPasses_SaysSo()
    {
        ReasoningResult result = Run(new RepeatedSamplingStrategy(new() { Samples = 2 }), call => Answer("1"), request with { Checker = new EqualsChecker("3") });
        Assert.Equal(0, result.Confidence);
        Assert.Contains("did not accept", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void TwoStageZeroShot_AsksInTwoRounds_AndKeepsTheReasoning()
    {
        var prompts = new List<string>();
        ReasoningResult result = Run(new TwoStageZeroShotCotStrategy(), call =>
        {
            prompts.Add(call.Messages[^1].Text);
            return CallOutcome.FromText(prompts.Count == 1 ? "Six sevens are forty-two." : "42");
        });
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal("Six sevens are forty-two.", result.Selected!.Sample.Outcome.Thinking);
        Assert.Equal(2, result.Rounds);
        Assert.EndsWith("Let's think step by step.", prompts[0], StringComparison.Ordinal);
        Assert.Contains("Six sevens are forty-two.\nTherefore, the answer is", prompts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void EscalateTo_RunsTheStrongerOnlyWhereTheFirstIsUnsure()
    {
        IReasoningStrategy cascade = new SelfConsistencyStrategy(new() { Samples = 4 }).EscalateTo(new DirectStrategy(), confidence: 0.8);
        ReasoningResult sure = Run(cascade, "1", "1", "1", "1");
        Assert.Equal(4, sure.Usage.ModelCalls);
        ReasoningResult unsure = Run(cascade, call => Answer(call.Messages[^1].Text.Contains("Give only the final answer", StringComparison.Ordinal) ? "9" : call.Index.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(5, unsure.Usage.ModelCalls);
        Assert.Equal("9", unsure.Answer!.Text);
        Assert.Contains("Escalated", unsure.Notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Then_ShowsTheDraftToTheSecond()
    {
        IReadOnlyList<ChatMessage>? seen = null;
        ReasoningResult result = Run(new DirectStrategy().Then(new ZeroShotCotStrategy()), call =>
        {
            seen = call.Messages;
            return Answer(call.Key.StartsWith("/then", StringComparison.Ordinal) ? "42" : "41");
        });
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.User], seen!.Select(m => m.Role));
        Assert.Equal("<answer>41</answer>", seen![1].Text);
    }

    [Fact]
    public void WithBudget_DrawsTheSameSamplesAsWithout()
    {
        var plain = ScheduledRun.Run(new SelfConsistencyStrategy(new() { Samples = 6 }), request, new NoisyModel().Answer, 1);
        var limited = ScheduledRun.Run(new SelfConsistencyStrategy(new() { Samples = 6 }).WithBudget(new() { Calls = 3 }), request, new NoisyModel().Answer, 1);
        Assert.Equal(3, limited.RequestedKeys.Count);
        Assert.Subset(plain.RequestedKeys.ToHashSet(), limited.RequestedKeys.ToHashSet());
        Assert.Equal(StopReason.BudgetCalls, limited.Result.StopReason);
    }

    [Fact]
    public void UnknownStrategy_NamesTheNearest() =>
        Assert.Contains("Did you mean self-consistency?", Assert.Throws<ArgumentException>(() => StrategyCatalogue.Create("self-consistancy")).Message, StringComparison.Ordinal);

    private static CallOutcome Answer(string answer) => CallOutcome.FromText(answer.Length > 0 ? $"<answer>{answer}</answer>" : "");

    private static ReasoningResult Run(IReasoningStrategy strategy, params string[] answers) => Run(strategy, call => Answer(answers[call.Index]));

    private static ReasoningResult Run(IReasoningStrategy strategy, Func<ModelCall, CallOutcome> model, ReasoningRequest? asked = null) => ScheduledRun.Run(strategy, asked ?? request, model, 5).Result;

    private static int NumberOf(ModelCall call, string text)
    {
        string[] blocks = call.Messages[^1].Text.Split("Response ");
        return int.Parse(blocks.Single(b => b.Contains(text, StringComparison.Ordinal))[..1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed class EqualsChecker(string right) : IAnswerChecker
    {
        public bool? Check(ReasoningRequest request, Agents.Answers.Answer answer) => answer.Text == right;
    }
}
