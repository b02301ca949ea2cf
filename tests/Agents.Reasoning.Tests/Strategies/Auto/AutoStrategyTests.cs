using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class AutoStrategyTests
{
    private static readonly string?[] scattered = ["1", "2", "3", "4", "5", "6", "7", "8"];

    [Fact]
    public void Unanimous_StopsAfterTheFirstRound()
    {
        ReasoningResult result = Scripted.Run(new AutoStrategy(), "42");
        Assert.Equal(StopReason.Consensus, result.StopReason);
        Assert.Equal(4, result.Usage.ModelCalls);
        Assert.Equal("42", result.Answer?.Text);
        Assert.Equal("round 0", Assert.Single(result.Stages).Name);
        Assert.InRange(result.Confidence!.Value, 0.95, 1);
    }

    [Fact]
    public void Split_VotesOnToTheMostSamples()
    {
        ReasoningResult result = Scripted.Run(new AutoStrategy(new() { MaxSamples = 16 }), "1", "2");
        Assert.Equal(16, result.Usage.ModelCalls);
        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.Equal(["round 0", "round 1", "round 2"], result.Stages.Select(s => s.Name));
    }

    [Fact]
    public void ExactChecker_AcceptsBeforeAnyVote()
    {
        IReasoningStrategy strategy = new AutoStrategy(new() { Verifier = new CheckerVerifier("is 7", a => a.Text == "7") });
        ReasoningResult result = Scripted.Run(strategy, "3", "3", "3", "7");
        Assert.Equal(StopReason.Verified, result.StopReason);
        Assert.Equal("7", result.Answer?.Text);
        Assert.Equal(4, result.Usage.ModelCalls);
    }

    [Fact]
    public void Scattered_WithAnExactStepChecker_Searches()
    {
        var decisions = new List<DecisionTaken>();
        var model = new StepModel(steps: 6, right: 0.45);
        ReasoningResult result = Run(new AutoStrategy(new() { Verifier = new ArithmeticVerifier() }), model.Answer, decisions.Add);
        Assert.Equal(MctsStrategy.About.Name, result.Stages[^1].Name);
        Assert.Contains(decisions, d => d.Decision == "search" && d.Reason.Contains("scattered", StringComparison.Ordinal) && d.Reason.Contains("'arithmetic' scored", StringComparison.Ordinal));
        Assert.Contains("scattered", result.Stages[^1].Why, StringComparison.Ordinal);
        Assert.True(result.Candidates.Count > 8);
    }

    [Fact]
    public void Scattered_WithAVerifierOfUnknownWorth_DoesNotSearch()
    {
        var decisions = new List<DecisionTaken>();
        ReasoningResult result = Run(new AutoStrategy(new() { MaxSamples = 16, Verifier = new ScoreVerifier(_ => 0.5) }), call => Scripted.Solution(scattered[call.Index % 8]), decisions.Add);
        Assert.DoesNotContain(decisions, d => d.Decision == "search");
        Assert.Equal(16, result.Usage.ModelCalls);
    }

    [Theory]
    [InlineData(200, 0.9, true)]
    [InlineData(50, 0.9, false)]
    [InlineData(200, 0.55, false)]
    public void Gate_OpensForACalibrationThatTellsRightFromWrong(int labels, double atOne, bool opens)
    {
        var calibration = new ScoreCalibration { Verifier = "process", Fingerprint = new ProcessVerifier().Fingerprint, Method = CalibrationMethod.Isotonic, Knots = [new(0, 0.4), new(1, atOne)], Labels = labels, Right = labels / 2, DataSha256 = "00" };
        Assert.Equal(opens, StepGate.Of(new CalibratedVerifier(new ProcessVerifier(), calibration), []).Steps is not null);
    }

    [Fact]
    public void Gate_StaysShutWhereAnExactCheckerHasNothingToSay()
    {
        Candidate[] silent = [.. Enumerable.Range(0, 4).Select(i => new Candidate(i, new Sample(i, "", CallOutcome.FromText("x")), Agents.Answers.Answer.Parse("1")) { Verdicts = [Verdict.Abstain("arithmetic", "no calculation")] })];
        Assert.Null(StepGate.Of(new ArithmeticVerifier(), silent).Steps);
    }

    [Fact]
    public void Scattered_WithAnExpert_TakesTheExpertsVote()
    {
        ReasoningResult result = Scripted.Run(new AutoStrategy(new() { Expert = Roles.Expert }), call => Scripted.Solution(call.Role == Roles.Expert ? "42" : scattered[call.Index % 8]));
        Assert.Equal("42", result.Answer?.Text);
        Assert.Equal(12, result.Usage.ModelCalls);
        Assert.Equal((Roles.Expert, true), (result.Stages[^1].Role, result.Stages[^1].IsAnswer));
    }

    [Fact]
    public void Scattered_AskedToAbstain_SaysWhy()
    {
        ReasoningResult result = Scripted.Run(new AutoStrategy(new() { Abstains = true }), scattered);
        Assert.Null(result.Answer);
        Assert.Equal(StopReason.NoAnswer, result.StopReason);
        Assert.Contains("scattered", result.Failure, StringComparison.Ordinal);
        Assert.Equal(8, result.Usage.ModelCalls);
    }

    [Fact]
    public void TokenAim_CutsTheRoundThatWouldPassIt()
    {
        ReasoningResult result = Scripted.Run(new AutoStrategy(new() { TargetTokens = 600 }), call => Scripted.Solution(scattered[call.Index % 8]) with { Usage = new CallUsage(50, 50) });
        Assert.Equal(6, result.Usage.ModelCalls);
        Assert.Equal(StopReason.Completed, result.StopReason);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(11)]
    public void CallLimit_CutsTheRoundInsteadOfFailingIt(int calls)
    {
        ReasoningResult result = Scripted.Run(new AutoStrategy(), call => Scripted.Solution(scattered[call.Index % 8]), limits: new() { Calls = calls });
        Assert.Equal(calls, result.Usage.ModelCalls);
        Assert.Equal(calls, result.Candidates.Count);
        Assert.All(result.Candidates, c => Assert.True(c.Sample.IsOk));
    }

    [Fact]
    public void NoCallAllowed_NamesTheLimit()
    {
        ReasoningResult result = Scripted.Run(new AutoStrategy(), _ => Scripted.Solution("1"), limits: new() { Calls = 0 });
        Assert.Equal(StopReason.BudgetCalls, result.StopReason);
        Assert.Equal(0, result.Usage.ModelCalls);
    }

    [Fact]
    public void EveryAnswerRejected_ThePluralityDecidesWithoutConfidence()
    {
        ReasoningResult result = Scripted.Run(new AutoStrategy(new() { MaxSamples = 8, Verifier = new ScoreVerifier(_ => 0) }), "1", "2", "2", "2");
        Assert.Equal("2", result.Answer?.Text);
        Assert.Equal(0.5, result.Confidence);
    }

    [Fact]
    public void Deadline_LeavesNoTimeForASearch()
    {
        // The scheduler's clock moves a millisecond a call, and its deadline waits until nothing is open.
        var strategy = new AutoStrategy(new() { Verifier = new ArithmeticVerifier(), MaxSamples = 16, Beams = 4 });
        string[] Stages(TimeSpan? time) => [.. ScheduledRun.Run(strategy, Scripted.Request, new StepModel(steps: 6, right: 0.45).Answer, 0, new RunOptions { RunId = "auto", Limits = new() { Time = time } }, can: StepModel.Able).Result.Stages.Select(s => s.Name!)];
        Assert.Contains("mcts", Stages(null));
        Assert.DoesNotContain("mcts", Stages(TimeSpan.FromMilliseconds(12)));
    }

    [Fact]
    public void HigherConfidence_NeverUsesFewerSamples()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            long Calls(double confidence) => ScheduledRun.Run(new AutoStrategy(new() { Confidence = confidence }), Scripted.Request, new NoisyModel(0.7, 0).Answer, 0, new RunOptions { RunId = "c", Seed = seed }).Result.Usage.ModelCalls;
            Assert.True(Calls(0.99) >= Calls(0.8));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Search_HoldsTheContract(bool continues)
    {
        SamplerCapabilities can = StepModel.Able with { ContinueAssistant = continues };
        foreach (string search in AutoSearch.Names)
        {
            var strategy = new AutoStrategy(new() { Verifier = new ArithmeticVerifier(), Search = search, Beams = 8 });
            StrategyContract.HoldsInEveryOrder(strategy, Scripted.Request, new StepModel(steps: 5, right: 0.5, failEvery: 11).Answer, orders: 15, can);
            await StrategyContract.HostsAgreeAsync(strategy, Scripted.Request, new StepModel(steps: 5, right: 0.5).Answer, can);
        }

        StrategyContract.RestartsFromEveryPrefix(new AutoStrategy(new() { Verifier = new ArithmeticVerifier(), Beams = 4 }), Scripted.Request, new StepModel(steps: 5, right: 0.4).Answer, 5, can);
    }

    private static ReasoningResult Run(IReasoningStrategy strategy, Func<ModelCall, CallOutcome> model, Action<DecisionTaken> decided) =>
        new ReasoningRunner(new CallModel(model) { Capabilities = StepModel.Able }.Models).RunAsync(strategy, Scripted.Request, new RunOptions { RunId = "auto" }, e =>
        {
            if (e is DecisionTaken decision)
                decided(decision);
        }).GetAwaiter().GetResult();
}
