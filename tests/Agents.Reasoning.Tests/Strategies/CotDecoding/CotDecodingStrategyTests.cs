using Agents.Reasoning.Strategies;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class CotDecodingStrategyTests
{
    private static readonly SamplerCapabilities able = new() { LogProbabilities = true, ContinueAssistant = true };

    [Fact]
    public void FirstCall_AsksForOneTokenWithKAlternatives_AndEachPathGoesOnGreedilyAfterOneOfThem()
    {
        List<ModelCall> calls = [];
        Run(new() { Samples = 3 }, call =>
        {
            calls.Add(call);
            return IsFirst(call) ? First("5", "We", "I") : Path(("1", 0.9, 0.1));
        });
        Assert.Equal((1, 3, 0d), (calls[0].Options.MaxOutputTokens, calls[0].Options.TopLogProbabilities, calls[0].Options.Temperature));
        Assert.False(calls[0].Options.ContinueAssistant);
        Assert.Equal(["5", "I", "We"], calls.Skip(1).Select(c => c.Messages[^1].Text).Order(StringComparer.Ordinal));
        Assert.All(calls.Skip(1), c =>
        {
            Assert.Equal(ChatRole.Assistant, c.Messages[^1].Role);
            Assert.Equal((0d, 2, true, null), (c.Options.Temperature, c.Options.TopLogProbabilities, c.Options.ContinueAssistant, c.Options.MaxOutputTokens));
        });
    }

    [Fact]
    public void Opening_StandsBeforeTheForkAndInEveryPath()
    {
        ReasoningResult result = Run(new() { Samples = 2, Opening = "<think><step>" }, call =>
        {
            Assert.StartsWith("<think><step>", call.Messages[^1].Text, StringComparison.Ordinal);
            return IsFirst(call) ? First("6", "7") : Path((" times</step></think>", 0.9, 0.05), ("<answer>", 0.9, 0.05), ("42", 0.9, 0.05), ("</answer>", 0.9, 0.05));
        });
        Assert.Equal("<think><step>6 times</step></think><answer>42</answer>", result.Candidates[0].Sample.Text);
        Assert.Equal("42", result.Answer!.Text);
    }

    [Fact]
    public void Margin_IsThatOfTheAnswersTokensAndOfNoOthers()
    {
        ReasoningResult result = Run(new() { Samples = 1 }, call => IsFirst(call) ? First("So") : Path((" it is", 0.5, 0.5), (" <answer>", 0.5, 0.5), ("4", 0.9, 0.1), ("2", 0.7, 0.3), ("</answer>", 0.5, 0.5)));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(0.6, Assert.Single(result.Candidates[0].Verdicts).Score!.Value, 12);
    }

    [Theory]
    [InlineData(CotDecodingChoice.Sum, "41")]
    [InlineData(CotDecodingChoice.Max, "42")]
    public void Choice_SumsByAnswerOrTakesTheSurestPath(CotDecodingChoice choice, string expected)
    {
        // 41 twice with 0.5, 42 once with 0.8, and once more without an answer.
        ReasoningResult result = Run(new() { Samples = 4, Choice = choice }, call => IsFirst(call) ? First("a", "b", "c", " ") : call.Messages[^1].Text switch
        {
            "c" => Answering("42", 0.9, 0.1),
            " " => CallOutcome.FromText(""),
            _ => Answering("41", 0.75, 0.25),
        });
        Assert.Equal(expected, result.Answer!.Text);
        Assert.Equal(1, result.Abstentions);
        Assert.Equal(choice == CotDecodingChoice.Max ? 0.8 : 1 / 1.8, result.Confidence!.Value, 12);
    }

    [Fact]
    public void FirstTokensThatAreNoTextOrEndTheTurn_AreNotForced()
    {
        List<string> begun = [];
        ReasoningResult result = Run(new() { Samples = 5 }, call =>
        {
            if (IsFirst(call))
                return First("", "\uFFFD", "<|im_end|>", "a", "a");
            begun.Add(call.Messages[^1].Text);
            return Answering("42", 0.9, 0.1);
        });
        Assert.Equal(["a"], begun);
        Assert.Contains(result.Notes, n => n.StartsWith("1 of the 5", StringComparison.Ordinal));
    }

    [Fact]
    public void PathsWithoutLogProbabilities_FallBackToThePlurality()
    {
        ReasoningResult result = Run(new() { Samples = 3 }, call => IsFirst(call) ? First("a", "b", "c") : Scripted.Solution(call.Messages[^1].Text == "b" ? "41" : "42"));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(StopReason.Fallback, result.StopReason);
    }

    [Fact]
    public void MoreThanTwentyFirstTokens_AreTwenty()
    {
        int asked = 0;
        ReasoningResult result = Run(new() { Samples = 64 }, call =>
        {
            if (!IsFirst(call))
                return Answering("42", 0.9, 0.1);
            asked = call.Options.TopLogProbabilities;
            return First([.. Enumerable.Range(0, asked).Select(i => $"t{i}")]);
        });
        Assert.Equal(20, asked);
        Assert.Equal(20, result.Candidates.Count);
    }

    private static ReasoningResult Run(CotDecodingOptions options, Func<ModelCall, CallOutcome> model) =>
        ScheduledRun.Run(new CotDecodingStrategy(options), Scripted.Request, model, 5, can: able).Result;

    private static bool IsFirst(ModelCall call) => call.Options.MaxOutputTokens == 1;

    private static CallOutcome First(params string[] tokens) => CallOutcome.FromText(tokens[0]) with
    {
        LogProbabilities = [new(tokens[0], -0.1, [.. tokens.Select((t, i) => new TokenAlternative(t, -0.1 - i))])],
    };

    private static CallOutcome Answering(string answer, double first, double second) => Path(("<answer>", 1, 0.0001), (answer, first, second), ("</answer>", 1, 0.0001));

    private static CallOutcome Path(params (string Text, double First, double Second)[] tokens) => CallOutcome.FromText(string.Concat(tokens.Select(t => t.Text))) with
    {
        LogProbabilities = [.. tokens.Select(t => new TokenLogProbability(t.Text, Math.Log(t.First), [new(t.Text, Math.Log(t.First)), new("?", Math.Log(t.Second))]))],
    };
}
