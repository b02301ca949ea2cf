using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

/// <summary>Every strategy that uses verdicts, with a verifier that calls a judge: orders, restarts, hosts, and the verifier's hard cases.</summary>
public sealed class VerifierContractTests
{
    private const int Samples = 12;

    public static TheoryData<string> Strategies => ["best-of-n", "verified-consistency", "generate-verify", "refine", "cascade", "auto"];

    [Theory, MemberData(nameof(Strategies))]
    public void CallFreeVerifier_EveryOrderGivesTheSameAnswerAndCalls(string name)
    {
        for (int salt = 0; salt < 5; salt++)
            StrategyContract.HoldsInEveryOrder(Create(name, Scoring(salt)), Scripted.Request, new NoisyModel(0.4, failEvery: 7).Answer, orders: 25);
    }

    [Theory, MemberData(nameof(Strategies))]
    public void CallingVerifier_EveryOrderGivesTheSameAnswerFromTheSameSolutions(string name)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            var answers = new HashSet<string?>(StringComparer.Ordinal);
            var solutions = new HashSet<string>(StringComparer.Ordinal);
            for (int order = 0; order < 25; order++)
            {
                var options = new RunOptions { RunId = "orders", Seed = seed };
                ScheduledOutcome run = ScheduledRun.Run(Create(name, new CallingVerifier()), Scripted.Request, new JudgedModel().Answer, order, options);
                answers.Add(run.Result.Answer?.Canonical);
                // Which verdicts had been asked for when a run stopped depends on the order; which solutions does not.
                solutions.Add(string.Join('\n', run.RequestedKeys.Where(k => k.Contains("|solver|", StringComparison.Ordinal))));
            }

            Assert.Single(answers);
            Assert.Single(solutions);
        }
    }

    [Theory, MemberData(nameof(Strategies))]
    public void CallingVerifier_EveryPrefixOfTheJournalRestartsToTheSameAnswer(string name)
    {
        for (int order = 0; order < 3; order++)
            StrategyContract.RestartsFromEveryPrefix(Create(name, new CallingVerifier(2)), Scripted.Request, new JudgedModel().Answer, order * 100);
    }

    [Theory, MemberData(nameof(Strategies))]
    public async Task CallingVerifier_AllHostsAnswerTheSame(string name)
    {
        IReasoningStrategy strategy = Create(name, new CallingVerifier());
        var model = new JudgedModel();
        var options = new RunOptions { RunId = "hosts" };
        string? scheduled = ScheduledRun.Run(strategy, Scripted.Request, model.Answer, 3, options).Result.Answer?.Canonical;
        Assert.Equal(scheduled, (await new ReasoningRunner(new CallModel(model.Answer).Models).RunAsync(strategy, Scripted.Request, options)).Answer?.Canonical);
        Assert.Equal(scheduled, new CallModel(model.Answer).RunRounds(strategy, Scripted.Request, options).Result.Answer?.Canonical);
    }

    [Theory, MemberData(nameof(Strategies))]
    public void VerifierWhoseCallsAllFail_CostsTheVerdictsNotTheRun(string name)
    {
        ReasoningResult result = Scripted.Run(Create(name, new CallingVerifier()), call => call.Role == "judge" ? CallOutcome.Failed(CallFailureKind.Unavailable, "judge down") : Scripted.Solution("42"));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Contains(result.Notes, n => n.Contains("judge down", StringComparison.Ordinal));
        Assert.NotEqual(StopReason.Verified, result.StopReason);
    }

    [Theory, MemberData(nameof(Strategies))]
    public void VerifierThatAlwaysAbstains_LeavesAnAnswerThatIsNotCalledVerified(string name)
    {
        ReasoningResult result = Scripted.Run(Create(name, new ScoreVerifier(_ => null)), new NoisyModel(right: 1, failEvery: 0).Answer);
        Assert.Equal(NoisyModel.Right, result.Answer!.Text);
        Assert.NotEqual(StopReason.Verified, result.StopReason);
    }

    [Theory, MemberData(nameof(Strategies))]
    public async Task BudgetOfOneCall_IsKeptAndNamed(string name)
    {
        var model = new CallModel(new JudgedModel(right: 1, failEvery: 0).Answer);
        ReasoningResult result = await new ReasoningRunner(model.Models).RunAsync(Create(name, new CallingVerifier()), Scripted.Request, new RunOptions { Limits = new() { Calls = 1 } });
        Assert.Equal(1, model.Calls);
        Assert.Equal(NoisyModel.Right, result.Answer!.Text);
        Assert.Equal(StopReason.BudgetCalls, result.StopReason);
    }

    [Theory, MemberData(nameof(Strategies))]
    public void AnyBudget_IsKept(string name)
    {
        for (int calls = 0; calls < 40; calls++)
        {
            ReasoningResult result = Scripted.Run(Create(name, new CallingVerifier()), new JudgedModel().Answer, order: calls, limits: new() { Calls = calls });
            Assert.InRange(result.Usage.ModelCalls, 0, calls);
        }
    }

    [Theory, MemberData(nameof(Strategies))]
    public async Task Cancelling_WhileTheJudgeRuns_LeavesNoCallInFlight(string name)
    {
        int inFlight = 0;
        var judging = new TaskCompletionSource();
        var model = new CallModel(new JudgedModel(right: 1, failEvery: 0).Answer)
        {
            Before = async (call, token) =>
            {
                if (call.Role != "judge")
                    return;
                Interlocked.Increment(ref inFlight);
                judging.TrySetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    Interlocked.Decrement(ref inFlight);
                }
            },
        };
        using var cancel = new CancellationTokenSource();
        Task<ReasoningResult> run = new ReasoningRunner(model.Models).RunAsync(Create(name, new CallingVerifier()), Scripted.Request, cancellationToken: cancel.Token);
        await Task.WhenAny(judging.Task, run);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(0, inFlight);
    }

    [Theory, MemberData(nameof(Strategies))]
    public void TheFingerprint_NamesTheVerifier(string name) =>
        Assert.NotEqual(Create(name, new CallingVerifier(1)).Fingerprint, Create(name, new CallingVerifier(2)).Fingerprint);

    private static IReasoningStrategy Create(string name, IVerifier verifier) => StrategyCatalogue.Create(name, new StrategySettings { Samples = Samples, Verifier = verifier });

    /// <summary>Scores by index, in sixteenths, with an abstention now and then.</summary>
    private static ScoreVerifier Scoring(int salt) => new(c => (c.Index * 7 + salt * 3) % 6 == 0 ? null : (c.Index * 11 + salt * 5) % 17 / 16.0);
}
