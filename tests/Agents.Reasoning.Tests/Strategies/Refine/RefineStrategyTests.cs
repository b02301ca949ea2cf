using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class RefineStrategyTests
{
    /// <summary>Names the true fault of a wrong answer; right is 42.</summary>
    private sealed class FaultFinder(string fault) : IVerifier
    {
        public string Name => "fault";

        public string Fingerprint => "fault";

        public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) =>
            Task.FromResult(candidate.Answer!.Text == "42" ? new Verdict(Name, 1) : new Verdict(Name, 0.1) { Rationale = fault, Steps = [0.9, 0.2, 0.2] });
    }

    // Corrects itself only when told the true fault.
    private static CallOutcome Corrigible(ModelCall call) => Scripted.Solution(call.Messages[^1].Text.Contains("carry was dropped", StringComparison.Ordinal) ? "42" : "32");

    [Fact]
    public void ModelThatCorrectsItselfWhenToldTheFault_Converges()
    {
        ReasoningResult result = Scripted.Run(new RefineStrategy(new() { Verifier = new FaultFinder("In step 2 the carry was dropped.") }), Corrigible);
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(StopReason.Verified, result.StopReason);
        Assert.Equal(2, result.Usage.ModelCalls);
        Assert.Equal([0, 1], result.Candidates.Select(c => c.Index));
    }

    [Fact]
    public void ModelToldTheWrongFault_DoesNotConverge_AndTheRunStops()
    {
        ReasoningResult result = Scripted.Run(new RefineStrategy(new() { MaxCandidates = 10, Verifier = new FaultFinder("It is too long.") }), Corrigible);
        Assert.Equal("32", result.Answer!.Text);
        Assert.Equal(3, result.Usage.ModelCalls);
        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.Equal(0.1, result.Confidence);
    }

    [Fact]
    public void TheReviser_SeesTheBestDraftTheReasonAndTheWorstStep()
    {
        string? seen = null;
        Scripted.Run(new RefineStrategy(new() { Verifier = new FaultFinder("The carry was dropped.") }), call =>
        {
            seen = call.Messages[^1].Text;
            return Scripted.Solution("32");
        });
        Assert.Contains("It is so. <answer>32</answer>", seen, StringComparison.Ordinal);
        Assert.Contains("- fault: 0.1 of 1. The carry was dropped. The step most in doubt is step 2.", seen, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelThatDegrades_NeverReturnsWorseThanItsBestCandidate()
    {
        // Every score of every revision, in sixteenths: the result has the highest of those seen.
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            double?[] scores = [.. Enumerable.Range(0, 8).Select(_ => random.Next(4) == 0 ? (double?)null : random.Next(12) / 16.0)];
            int drawn = 0;
            ReasoningResult result = Scripted.Run(new RefineStrategy(new() { MaxCandidates = 8, Patience = 3, Verifier = new ScoreVerifier(c => scores[c.Index]) }), _ => Scripted.Solution($"{drawn++}"));
            double best = result.Candidates.Max(c => scores[c.Index] ?? 0.5);
            Assert.Equal(best, scores[result.Selected!.Index] ?? 0.5);
        }
    }

    [Fact]
    public void UnverifiedRevision_NeverReplacesACandidateWithEvidenceForIt()
    {
        ReasoningResult result = Scripted.Run(new RefineStrategy(new() { Verifier = new ScoreVerifier(c => c.Index == 0 ? 0.6 : null) }), call => Scripted.Solution(call.Messages[^1].Text.Contains("Findings", StringComparison.Ordinal) ? "1" : "42"));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(0.6, result.Confidence);
    }

    [Fact]
    public void AbstainingVerifier_LeavesTheDraft_SinceThereIsNothingToReviseBy()
    {
        ReasoningResult result = Scripted.Run(new RefineStrategy(new() { Verifier = new ScoreVerifier(_ => null) }), "42");
        Assert.Equal(1, result.Usage.ModelCalls);
        Assert.Contains("nothing to revise by", Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.Null(result.Confidence);
    }

    [Fact]
    public void DraftThatFailsOrStatesNoAnswer_IsDrawnAgain()
    {
        ReasoningResult result = Scripted.Run(new RefineStrategy(new() { Verifier = new ScoreVerifier(_ => 1) }), null, "", "42");
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal(2, result.Selected!.Index);
        Assert.Equal(3, result.Usage.ModelCalls);
    }

    [Fact]
    public void PatienceBelowOne_IsNamed() =>
        Assert.Equal("Patience", Assert.Throws<ArgumentOutOfRangeException>(() => new RefineStrategy(new() { Patience = 0 })).ParamName);
}
