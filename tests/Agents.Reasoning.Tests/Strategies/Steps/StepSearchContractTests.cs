using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

/// <summary>Every search over steps with solutions of several steps and with step verifiers: orders, restarts, hosts, and the hard cases.</summary>
public sealed class StepSearchContractTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("Add one, three times.");

    public static TheoryData<string> Strategies => ["beam-search", "dvts", "best-first", "mcts", "rstar", "ab-mcts", "particles"];

    public static TheoryData<string, bool> BothWays
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (string name in new[] { "beam-search", "dvts", "best-first", "mcts", "rstar", "ab-mcts", "particles" })
            {
                all.Add(name, false);
                all.Add(name, true);
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(BothWays))]
    public void EveryOrderOfCompletions_GivesTheSameAnswerAndCalls(string name, bool continues)
    {
        foreach (IVerifier? verifier in new IVerifier?[] { null, new ArithmeticVerifier(), new ProcessVerifier() })
            StrategyContract.HoldsInEveryOrder(Create(name, verifier), request, new StepModel(right: 0.6, failEvery: 9).Answer, orders: 25, Can(continues));
    }

    [Theory, MemberData(nameof(BothWays))]
    public void EveryPrefixOfTheJournal_RestartsToTheSameAnswer(string name, bool continues)
    {
        StrategyContract.RestartsFromEveryPrefix(Create(name, new ArithmeticVerifier()), request, new StepModel(right: 0.6, failEvery: 9).Answer, 100, Can(continues));
        StrategyContract.RestartsFromEveryPrefix(Create(name, new ProcessVerifier(), samples: 4), request, new StepModel(right: 0.6).Answer, 7, Can(continues));
    }

    [Theory, MemberData(nameof(BothWays))]
    public Task AllHosts_Agree(string name, bool continues) =>
        StrategyContract.HostsAgreeAsync(Create(name, new ProcessVerifier()), request, new StepModel(right: 0.6).Answer, Can(continues));

    [Theory, MemberData(nameof(BothWays))]
    public void RightVerifier_FindsTheRightAnswerWhereMostSolutionsAreWrong(string name, bool continues)
    {
        var model = new StepModel(steps: 4, right: 0.8);
        ReasoningResult result = ScheduledRun.Run(Create(name, new ArithmeticVerifier(), samples: 32, highest: true), request, model.Answer, 0, can: Can(continues)).Result;
        Assert.Equal(model.Right, result.Answer?.Text);
        Assert.Equal(1, result.Selected!.Verdicts[0].Score);
    }

    [Theory, MemberData(nameof(Strategies))]
    public void AnyBudget_IsKept(string name)
    {
        for (int calls = 0; calls < 30; calls++)
        {
            var options = new RunOptions { RunId = "budget", Limits = new() { Calls = calls } };
            ReasoningResult result = ScheduledRun.Run(Create(name, new ProcessVerifier()), request, new StepModel().Answer, calls, options, can: StepModel.Able).Result;
            Assert.InRange(result.Usage.ModelCalls, 0, calls);
            if (result.Answer is null)
                Assert.NotNull(result.Failure);
        }
    }

    [Theory, MemberData(nameof(Strategies))]
    public void VerifierWhoseCallsAllFail_CostsTheScoresNotTheRun(string name)
    {
        var model = new StepModel(right: 1);
        ReasoningResult result = ScheduledRun.Run(Create(name, new ProcessVerifier()), request, call => call.Role == "process" ? CallOutcome.Failed(CallFailureKind.Unavailable, "down") : model.Answer(call), 0, can: StepModel.Able).Result;
        Assert.Equal(model.Right, result.Answer?.Text);
        Assert.Contains(result.Notes, n => n.Contains("abstained", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Strategies))]
    public void RequestsChecker_IsAskedBeforeTheVerifier(string name)
    {
        ReasoningRequest known = request with { Checker = new Exactly("3") };
        IReasoningStrategy strategy = StrategyCatalogue.Create(name, new StrategySettings { Samples = 16, Width = 16, MaxSteps = 1, TakesHighest = true });
        ReasoningResult result = ScheduledRun.Run(strategy, known, new StepModel(right: 0.8).Answer, 0).Result;
        Assert.Equal("3", result.Answer?.Text);
        Assert.All(result.Candidates, c => Assert.Equal(c.Answer!.Text == "3" ? 1 : 0, c.Verdicts[0].Score));
    }

    [Theory, MemberData(nameof(Strategies))]
    public void VerifierByLogProbabilities_IsRefusedWhereTheModelGivesNone(string name) =>
        Assert.Contains("log-probabilities", Assert.ThrowsAny<ArgumentException>(() => ScheduledRun.Run(Create(name, new LogProbabilityVerifier()), request, new StepModel().Answer, 0)).Message, StringComparison.Ordinal);

    private static SamplerCapabilities Can(bool continues) => StepModel.Able with { ContinueAssistant = continues };

    private static IReasoningStrategy Create(string name, IVerifier? verifier, int samples = 8, bool highest = false) =>
        StrategyCatalogue.Create(name, new StrategySettings { Samples = samples, Verifier = verifier, TakesHighest = highest });

    private sealed class Exactly(string right) : IAnswerChecker
    {
        public bool? Check(ReasoningRequest request, Agents.Answers.Answer answer) => answer.Text == right;
    }
}
