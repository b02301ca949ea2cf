using Agents.Answers;
using Agents.Reasoning.Tests.Strategies;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Verifiers;

/// <summary>What the caller knows about the right answer: the check comes before every verifier, the reference reaches judges and nobody else.</summary>
public sealed class RequestEvidenceTests
{
    public static TheoryData<string> Verifying => ["best-of-n", "verified-consistency", "generate-verify", "refine", "cascade"];

    [Theory, MemberData(nameof(Verifying))]
    public void CheckerWithoutAVerifier_DecidesAlone(string name)
    {
        ReasoningRequest request = Scripted.Request with { Checker = new Is("3") };
        ReasoningResult result = ScheduledRun.Run(StrategyCatalogue.Create(name, new() { Samples = 8 }), request, call => Scripted.Solution(AnswerOf(call)), 0).Result;
        Assert.Equal("3", result.Answer!.Text);
    }

    [Theory, MemberData(nameof(Verifying))]
    public void CheckerThatDecides_SparesTheJudge(string name)
    {
        ReasoningRequest request = Scripted.Request with { Checker = new Is("3") };
        ScheduledOutcome run = ScheduledRun.Run(StrategyCatalogue.Create(name, new() { Samples = 8, Verifier = new LlmJudgeVerifier() }), request, call => Scripted.Solution(AnswerOf(call)), 0);
        Assert.Equal("3", run.Result.Answer!.Text);
        Assert.DoesNotContain(run.RequestedKeys, k => k.Contains("|judge|", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Verifying))]
    public void CheckerThatDoesNotApply_LeavesTheVerifier(string name)
    {
        ReasoningRequest request = Scripted.Request with { Checker = new Is(null) };
        ScheduledOutcome run = ScheduledRun.Run(StrategyCatalogue.Create(name, new() { Samples = 4, Verifier = new LlmJudgeVerifier() }), request, call => Scripted.Solution("1"), 0);
        Assert.Contains(run.RequestedKeys, k => k.Contains("|judge|", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Verifying))]
    public void Reference_ReachesTheJudgeAndNoSolver(string name)
    {
        ReasoningRequest request = Scripted.Request with { Reference = "forty-two exactly" };
        bool judged = false;
        ScheduledRun.Run(StrategyCatalogue.Create(name, new() { Samples = 4, Verifier = new LlmJudgeVerifier() }), request, call =>
        {
            bool shown = call.Messages.Any(m => m.Text.Contains("forty-two exactly", StringComparison.Ordinal));
            Assert.Equal(call.Role == "judge", shown);
            judged |= shown;
            return Scripted.Solution("1");
        }, 0);
        Assert.True(judged);
    }

    [Fact]
    public void ReferenceAndChecker_MakeAnotherRun()
    {
        IReasoningStrategy strategy = StrategyCatalogue.Create("best-of-n");
        string[] inputs = [.. new[] { Scripted.Request, Scripted.Request with { Reference = "1" }, Scripted.Request with { Reference = "2" }, Scripted.Request with { Checker = new Is("1") } }
            .Select(r => RunHeaders.Of(strategy, r, new RunOptions { RunId = "r" }, null).InputHash)];
        Assert.Equal(4, inputs.Distinct(StringComparer.Ordinal).Count());
    }

    private static string AnswerOf(ModelCall call) => call.Messages[^1].Text.Contains("Findings:", StringComparison.Ordinal) ? "3" : $"{call.Index % 4}";

    private sealed class Is(string? right) : IAnswerChecker
    {
        public bool? Check(ReasoningRequest request, Answer answer) => right is null ? null : answer.Text == right;
    }
}
