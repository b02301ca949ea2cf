using Agents.Reasoning.Composition;
using Agents.Reasoning.Tests.Strategies;

namespace Agents.Reasoning.Tests.Composition;

public sealed class RefineCompositionTests
{
    [Fact]
    public void AcceptedDraft_IsTheStrategysOwnAnswer_AtItsOwnCalls()
    {
        ReasoningResult result = Scripted.Run(Vote(3).Refine(new ScoreVerifier(_ => 1)), "1", "2", "2");
        Assert.Equal("2", result.Answer!.Text);
        Assert.Equal(3, result.Usage.ModelCalls);
        Assert.Equal(StopReason.Verified, result.StopReason);
        Assert.Equal("self-consistency+refine", result.Strategy);
    }

    [Fact]
    public void RejectedDraft_IsRevisedWithItsTextAndTheFindingsInView()
    {
        var prompts = new List<string>();
        IReasoningStrategy strategy = Vote(3).Refine(new ScoreVerifier(c => c.Answer!.Text == "42" ? 1 : 0.2));
        ReasoningResult result = Scripted.Run(strategy, call =>
        {
            string prompt = call.Messages[^1].Text;
            prompts.Add(prompt);
            return prompt.Contains("Findings:", StringComparison.Ordinal) ? Scripted.Solution("42") : Scripted.Solution("2");
        });
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(["2", "42"], result.Candidates.Select(c => c.Answer!.Text));
        Assert.Contains(prompts, p => p.Contains("It is so. <answer>2</answer>", StringComparison.Ordinal) && p.Contains("Scored 0.2.", StringComparison.Ordinal));
    }

    [Fact]
    public void RevisionThatIsNoBetter_LeavesTheDraft()
    {
        IReasoningStrategy strategy = Vote(2).Refine(new ScoreVerifier(c => c.Index == 0 ? 0.5 : 0.3));
        ReasoningResult result = Scripted.Run(strategy, call => Scripted.Solution(call.Messages[^1].Text.Contains("Findings:", StringComparison.Ordinal) ? "9" : "2"));
        Assert.Equal("2", result.Answer!.Text);
    }

    [Fact]
    public void StrategyWithoutAnAnswer_LetsRefineDrawItsOwnDraft()
    {
        int calls = 0;
        ReasoningResult result = Scripted.Run(StrategyCatalogue.Create("direct").Refine(new ScoreVerifier(_ => 1)), _ => Scripted.Solution(calls++ == 0 ? "" : "5"));
        Assert.Equal("5", result.Answer!.Text);
        Assert.Equal(2, result.Usage.ModelCalls);
    }

    private static IReasoningStrategy Vote(int samples) => StrategyCatalogue.Create("self-consistency", new() { Samples = samples });
}
