using Agents.Reasoning.Strategies;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class BudgetForcingStrategyTests
{
    private static readonly SamplerCapabilities continuing = new() { ContinueAssistant = true };
    private static readonly SamplerCapabilities capping = new() { ContinueAssistant = true, ThinkingCap = true };

    [Fact]
    public void EndOfThinking_IsIgnoredSoOften_ThenTheAnswerIsAskedFor()
    {
        List<ModelCall> calls = [];
        ReasoningResult result = Run(new() { Ignored = 2, MaxThinkingTokens = 100 }, calls, "one. ", " two. ", " three.", "<answer>42</answer>");
        Assert.Equal(["<think>", "<think>one. Wait", "<think>one. Wait two. Wait", "<think>one. Wait two. Wait three.</think>"], calls.Select(c => c.Messages[^1].Text));
        Assert.Equal([100, 90, 80, null], calls.Select(c => c.Options.MaxOutputTokens));
        Assert.Equal([true, true, true, false], calls.Select(c => c.Options.StopSequences.Contains("</think>")));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal("<think>one. Wait two. Wait three.</think><answer>42</answer>", result.Selected!.Sample.Text);
        Assert.Equal(4, result.Rounds);
    }

    [Fact]
    public void ModelThatCapsThinkingItself_AnswersInTheLastCallOfThinking()
    {
        List<ModelCall> calls = [];
        ReasoningResult result = Run(new() { Ignored = 1, MaxThinkingTokens = 100 }, calls, capping, "one. ", " two.</think><answer>42</answer>");
        Assert.Equal([null, 90], calls.Select(c => c.Options.MaxThinkingTokens));
        Assert.Empty(calls[1].Options.StopSequences);
        Assert.Equal("<think>one. Wait two.</think><answer>42</answer>", result.Selected!.Sample.Text);
    }

    [Fact]
    public void CapReached_EndsTheThinkingWithoutAnotherWait()
    {
        List<ModelCall> calls = [];
        var options = new BudgetForcingOptions { Ignored = 5, MaxThinkingTokens = 15 };
        ReasoningResult result = Run(options, calls, "one. ", " two. ", "<answer>42</answer>");
        Assert.Equal([15, 5, null], calls.Select(c => c.Options.MaxOutputTokens));
        Assert.Equal("<think>one. Wait two. </think>", calls[^1].Messages[^1].Text);
        Assert.Equal("42", result.Answer!.Text);
    }

    [Fact]
    public void ThoughtCutByItsLength_IsClosed()
    {
        List<ModelCall> calls = [];
        ScheduledRun.Run(new BudgetForcingStrategy(new() { Ignored = 3 }), Scripted.Request, call =>
        {
            calls.Add(call);
            return CallOutcome.FromText("and so on") with { FinishReason = calls.Count == 1 ? "length" : "stop" };
        }, 0, can: continuing);
        Assert.Equal(["<think>", "<think>and so on</think>"], calls.Select(c => c.Messages[^1].Text));
    }

    [Fact]
    public void MarkedSteps_AreGoneOnWithAsAStep()
    {
        List<ModelCall> calls = [];
        Run(new() { Word = "Wait, that is wrong." }, calls, "<step>1+1=3</step>", "1+1=2</step>", "<answer>2</answer>");
        Assert.Equal("<think><step>1+1=3</step><step>Wait, that is wrong. ", calls[1].Messages[^1].Text);
    }

    [Fact]
    public void UsageThatNobodyReports_IsTakenFromTheText()
    {
        var calls = new List<ModelCall>();
        ScheduledRun.Run(new BudgetForcingStrategy(new() { MaxThinkingTokens = 50 }), Scripted.Request, call =>
        {
            calls.Add(call);
            return CallOutcome.FromText(new string('x', 80));
        }, 0, can: continuing);
        Assert.Equal([50, 30, null], calls.Select(c => c.Options.MaxOutputTokens));
    }

    [Fact]
    public void Options_AreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BudgetForcingStrategy(new() { MaxThinkingTokens = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BudgetForcingStrategy(new() { Ignored = -1 }));
        Assert.Throws<ArgumentException>(() => new BudgetForcingStrategy(new() { Word = " " }));
    }

    private static ReasoningResult Run(BudgetForcingOptions options, List<ModelCall> calls, params string[] texts) => Run(options, calls, continuing, texts);

    /// <summary>A model that says these texts in turn, ten tokens each.</summary>
    private static ReasoningResult Run(BudgetForcingOptions options, List<ModelCall> calls, SamplerCapabilities can, params string[] texts) =>
        ScheduledRun.Run(new BudgetForcingStrategy(options), Scripted.Request, call =>
        {
            calls.Add(call);
            return CallOutcome.FromText(texts[calls.Count - 1], new CallUsage(10, 10));
        }, 0, can: can).Result;
}
