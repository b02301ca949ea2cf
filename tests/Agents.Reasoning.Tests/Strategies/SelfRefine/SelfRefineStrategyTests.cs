using Agents.Reasoning.Strategies;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class SelfRefineStrategyTests
{
    [Fact]
    public void DraftIsRevised_UntilTheCritiqueFindsNoFault()
    {
        ReasoningResult result = Scripted.Run(new SelfRefineStrategy(new() { MaxCandidates = 5 }), call => Model(call, "Step 2 is wrong.\nFaults: found"));
        Assert.Equal("3", result.Answer!.Text);
        Assert.Equal(["1", "2", "3"], result.Candidates.Select(c => c.Answer!.Text));
        Assert.Equal(6, result.Usage.ModelCalls);
        Assert.Equal(6, result.Rounds);
        Assert.Null(result.Confidence);
    }

    [Fact]
    public void MaxCandidates_EndsTheRun_WithoutACritiqueThatNobodyUses() =>
        Assert.Equal(3, Scripted.Run(new SelfRefineStrategy(new() { MaxCandidates = 2 }), call => Model(call, "Faults: found")).Usage.ModelCalls);

    [Theory]
    [InlineData("I am not sure.")]
    [InlineData("")]
    [InlineData(null)]
    public void CritiqueThatFailsOrCannotBeRead_LeavesTheDraft(string? critique)
    {
        ReasoningResult result = Scripted.Run(new SelfRefineStrategy(), call => Model(call, critique));
        Assert.Equal("1", result.Answer!.Text);
        Assert.Equal(2, result.Usage.ModelCalls);
        Assert.Contains("stands", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void RevisionThatFailsOrStatesNoAnswer_LeavesTheDraft(string? revision) =>
        Assert.Equal("1", Scripted.Run(new SelfRefineStrategy(), call => call.Role == "judge" ? CallOutcome.FromText("Faults: found") : Scripted.Solution(IsRevision(call) ? revision : "1")).Answer!.Text);

    [Theory]
    [InlineData("All steps hold.\nFaults: none", false)]
    [InlineData("**Faults:** found", true)]
    [InlineData("Faults: found? No.\nFaults: none", false)]
    [InlineData("Faults: some", null)]
    [InlineData("It is fine.", null)]
    public void Critique_IsReadOrAbstains(string critique, bool? faulty) => Assert.Equal(faulty, CritiqueReader.FindsFaults(critique));

    [Fact]
    public async Task WholePath_HoldsTheContract()
    {
        var strategy = new SelfRefineStrategy(new() { MaxCandidates = 4 });
        StrategyContract.HoldsInEveryOrder(strategy, Scripted.Request, call => Model(call, "Faults: found"));
        StrategyContract.RestartsFromEveryPrefix(strategy, Scripted.Request, call => Model(call, "Faults: found"));
        await StrategyContract.HostsAgreeAsync(strategy, Scripted.Request, call => Model(call, "Faults: found"));
    }

    [Fact]
    public void MaxCandidatesBelowOne_IsNamed() =>
        Assert.Equal("MaxCandidates", Assert.Throws<ArgumentOutOfRangeException>(() => new SelfRefineStrategy(new() { MaxCandidates = 0 })).ParamName);

    /// <summary>Drafts 1, revises it to 2 and that to 3; the critique finds no fault in 3.</summary>
    private static CallOutcome Model(ModelCall call, string? critique)
    {
        string text = call.Messages[^1].Text;
        if (call.Role == "judge")
            return critique is null ? Scripted.Solution(null) : CallOutcome.FromText(text.Contains(">3<", StringComparison.Ordinal) ? "Faults: none" : critique);
        return Scripted.Solution(!IsRevision(call) ? "1" : text.Contains(">1<", StringComparison.Ordinal) ? "2" : "3");
    }

    private static bool IsRevision(ModelCall call) => call.Messages[^1].Text.Contains("Findings:", StringComparison.Ordinal);
}
