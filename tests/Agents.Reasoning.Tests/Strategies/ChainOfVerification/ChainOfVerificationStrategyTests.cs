using Agents.Reasoning.Strategies;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class ChainOfVerificationStrategyTests
{
    private const string Plan = "I would ask:\n1. What is 6 × 7?\n2) Is 42 even?\n";

    [Fact]
    public void Answers_CorrectTheDraft_InFourRounds()
    {
        ReasoningResult result = Scripted.Run(new ChainOfVerificationStrategy(), call => Model(call, Plan));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(3 + 2, result.Usage.ModelCalls);
        Assert.Equal(4, result.Rounds);
        Assert.Equal(["41", "42"], result.Candidates.Select(c => c.Answer!.Text));
    }

    [Fact]
    public void Questions_AreAnsweredWithoutTheDraftInView()
    {
        var seen = new List<string>();
        Scripted.Run(new ChainOfVerificationStrategy(), call =>
        {
            if (IsQuestion(call))
                seen.Add(string.Concat(call.Messages.Select(m => m.Text)));
            return Model(call, Plan);
        });
        Assert.Equal(2, seen.Count);
        Assert.All(seen, text => Assert.DoesNotContain("41", text, StringComparison.Ordinal));
        Assert.All(seen, text => Assert.DoesNotContain(Scripted.Request.Question, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("No questions come to mind.")]
    [InlineData("")]
    [InlineData(null)]
    public void PlanThatFailsOrCannotBeRead_LeavesTheDraft(string? plan)
    {
        ReasoningResult result = Scripted.Run(new ChainOfVerificationStrategy(), call => Model(call, plan));
        Assert.Equal("41", result.Answer!.Text);
        Assert.Equal(2, result.Usage.ModelCalls);
        Assert.Contains("the draft stands", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void QuestionsThatAllFail_LeaveTheDraft() =>
        Assert.Equal("41", Scripted.Run(new ChainOfVerificationStrategy(), call => IsQuestion(call) ? Scripted.Solution(null) : Model(call, Plan)).Answer!.Text);

    [Fact]
    public void MoreQuestionsThanAllowed_AreDropped() =>
        Assert.Equal(3 + 1, Scripted.Run(new ChainOfVerificationStrategy(new() { MaxQuestions = 1 }), call => Model(call, Plan)).Usage.ModelCalls);

    [Theory]
    [InlineData("1. A?\n2. B?", new[] { "A?", "B?" })]
    [InlineData("**1) A?**\n- B?\n10. C?", new[] { "A?", "C?" })]
    [InlineData("1.5 metres\n1.\n2. A?\n3. A?", new[] { "A?" })]
    [InlineData("1", new string[0])]
    [InlineData("", new string[0])]
    public void Plan_IsReadAsANumberedList(string plan, string[] questions) => Assert.Equal(questions, QuestionReader.Read(plan, 9));

    [Fact]
    public async Task WholePath_HoldsTheContract()
    {
        var strategy = new ChainOfVerificationStrategy();
        StrategyContract.HoldsInEveryOrder(strategy, Scripted.Request, call => Model(call, Plan));
        StrategyContract.RestartsFromEveryPrefix(strategy, Scripted.Request, call => Model(call, Plan));
        await StrategyContract.HostsAgreeAsync(strategy, Scripted.Request, call => Model(call, Plan));
    }

    [Fact]
    public void AnyBudget_IsKept_AndTheDraftIsTheLeastOfIt()
    {
        for (int calls = 1; calls < 7; calls++)
        {
            ReasoningResult result = Scripted.Run(new ChainOfVerificationStrategy(), call => Model(call, Plan), limits: new() { Calls = calls });
            Assert.InRange(result.Usage.ModelCalls, 1, calls);
            Assert.Equal(calls < 5 ? "41" : "42", result.Answer!.Text);
        }
    }

    [Fact]
    public void MaxQuestionsBelowOne_IsNamed() =>
        Assert.Equal("MaxQuestions", Assert.Throws<ArgumentOutOfRangeException>(() => new ChainOfVerificationStrategy(new() { MaxQuestions = 0 })).ParamName);

    /// <summary>Drafts 41, and revises to 42 when an answer in its findings says so.</summary>
    private static CallOutcome Model(ModelCall call, string? plan)
    {
        string text = call.Messages[^1].Text;
        if (call.Role == "judge")
            return plan is null ? Scripted.Solution(null) : CallOutcome.FromText(plan);
        if (IsQuestion(call))
            return CallOutcome.FromText(text.Contains('×', StringComparison.Ordinal) ? "It is 42." : "Yes.");
        return Scripted.Solution(text.Contains("A: It is 42.", StringComparison.Ordinal) ? "42" : "41");
    }

    private static bool IsQuestion(ModelCall call) => call.Messages[^1].Text.Contains("Answer briefly", StringComparison.Ordinal);
}
