using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class LogProbabilityVerifierTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is 6 * 7?");
    private static readonly SamplerCapabilities gives = new() { LogProbabilities = true };

    [Theory]
    [InlineData(LogProbabilityMeasure.TokenMean, 0.5)]
    [InlineData(LogProbabilityMeasure.Sequence, 0.125)]
    public async Task VerifyAsync_Tokens_ScoresTheirProbability(LogProbabilityMeasure measure, double expected)
    {
        Verdict verdict = await VerifyAsync(new LogProbabilityVerifier(measure), Outcome(("6*7", 0.5), (" = ", 0.25), ("42", 1)));

        Assert.Equal(expected, verdict.Score!.Value, 12);
        Assert.Contains("' = '", verdict.Rationale, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyAsync_MarkedSteps_ScoresEachByItsOwnTokens()
    {
        CallOutcome outcome = Outcome(("<step>", 0.9), ("6*7", 0.5), ("=42", 0.125), ("</step>", 0.9), ("<step>", 1), ("so 42", 0.75), ("</step>", 1), ("<answer>42</answer>", 0.1));

        Verdict verdict = await VerifyAsync(new LogProbabilityVerifier(), outcome);

        Assert.Equal([0.25, 0.75], verdict.Steps.Select(s => Math.Round(s!.Value, 12)));
    }

    [Fact]
    public async Task VerifyAsync_Lines_AreStepsAndATokenCountsWhereItBegins()
    {
        Verdict verdict = await VerifyAsync(new LogProbabilityVerifier(), Outcome(("a b\nc", 0.5), (" d", 0.25)));

        Assert.Equal([0.5, 0.25], verdict.Steps.Select(s => Math.Round(s!.Value, 12)));
    }

    [Fact]
    public async Task VerifyAsync_TokensThatAreNotTheText_ScoresTheWholeOnly()
    {
        Verdict verdict = await VerifyAsync(new LogProbabilityVerifier(), Outcome(("bytes:", 0.5)) with { Text = "42" });

        Assert.Equal(0.5, verdict.Score!.Value, 12);
        Assert.Empty(verdict.Steps);
    }

    [Fact]
    public async Task VerifyAsync_NoLogProbabilities_AbstainsWithTheReason()
    {
        Verdict verdict = await VerifyAsync(new LogProbabilityVerifier(), CallOutcome.FromText("42"));

        Assert.Null(verdict.Score);
        Assert.Equal("The sample has no token log-probabilities.", verdict.Rationale);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0.1)]
    public async Task VerifyAsync_NumberThatIsNoLogProbability_Abstains(double value) =>
        Assert.Null((await VerifyAsync(new LogProbabilityVerifier(), CallOutcome.FromText("42") with { LogProbabilities = [new("42", value, [])] })).Score);

    [Theory]
    [InlineData("best-of-n")]
    [InlineData("verified-consistency")]
    [InlineData("generate-verify")]
    [InlineData("refine")]
    public void RunAsync_SolverDeclaresThem_AsksForLogProbabilities(string strategy)
    {
        var asked = new List<bool>();
        ScheduledOutcome run = ScheduledRun.Run(Create(strategy, new LogProbabilityVerifier()), request, call =>
        {
            asked.Add(call.Options.LogProbabilities);
            return Model(call);
        }, 0, can: gives);

        Assert.DoesNotContain(false, asked);
        Assert.Contains(run.Result.Candidates, c => c.Verdicts is [{ Score: not null }]);
    }

    [Theory]
    [InlineData("best-of-n")]
    [InlineData("verified-consistency")]
    [InlineData("generate-verify")]
    [InlineData("refine")]
    public async Task RunAsync_SolverDoesNotDeclareThem_IsRefusedBeforeTheFirstCall(string strategy)
    {
        var model = new CallModel(Model);

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => new ReasoningRunner(model.Models).RunAsync(Create(strategy, new LogProbabilityVerifier()), request));

        Assert.Contains("log-probability judges by token log-probabilities, which the solver's model does not declare", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, model.Calls);
    }

    [Fact]
    public void Ensemble_OfVerifiers_RepeatsWhatItsMembersNeed()
    {
        Assert.Equal(EvidenceNeed.Required, EnsembleVerifier.Mean(new LogProbabilityVerifier()).LogProbabilities);
        Assert.Equal(EvidenceNeed.Useful, EnsembleVerifier.Mean(new LogProbabilityVerifier(), new ArithmeticVerifier()).LogProbabilities);
        Assert.Equal(EvidenceNeed.None, ((IVerifier)EnsembleVerifier.Mean(new ArithmeticVerifier())).LogProbabilities);
    }

    [Fact]
    public async Task Contract_WithLogProbabilities_Holds()
    {
        var strategy = new VerifyEachStrategy(new LogProbabilityVerifier());
        StrategyContract.HoldsInEveryOrder(strategy, request, Model, orders: 30, can: gives);
        StrategyContract.RestartsFromEveryPrefix(strategy, request, Model, 7, gives);
        await StrategyContract.HostsAgreeAsync(strategy, request, Model, gives);
        StrategyContract.HoldsInEveryOrder(Create("best-of-n", new LogProbabilityVerifier()), request, Model, orders: 30, can: gives);
        await StrategyContract.HostsAgreeAsync(Create("best-of-n", new LogProbabilityVerifier()), request, Model, gives);
    }

    private static IReasoningStrategy Create(string name, IVerifier verifier) => StrategyCatalogue.Create(name, new StrategySettings { Samples = 6, Verifier = verifier });

    private static async Task<Verdict> VerifyAsync(LogProbabilityVerifier verifier, CallOutcome outcome) =>
        await verifier.VerifyAsync(null!, request, new Candidate(0, new Sample(0, "given", outcome), null));

    /// <summary>Right and wrong solutions of different probability; one call in nine fails.</summary>
    private static CallOutcome Model(ModelCall call)
    {
        var random = new Random((int)(call.Seed ^ (call.Seed >> 31)));
        return random.Next(9) == 0 ? CallOutcome.Failed(CallFailureKind.Unavailable, "down")
            : Outcome(("The answer is ", 0.9), (random.Next(2) == 0 ? "42" : "41", 0.1 + 0.8 * random.NextDouble()), (".", 0.99));
    }

    private static CallOutcome Outcome(params (string Token, double Probability)[] tokens) => CallOutcome.FromText(string.Concat(tokens.Select(t => t.Token))) with
    {
        LogProbabilities = [.. tokens.Select(t => new TokenLogProbability(t.Token, Math.Log(t.Probability), []))],
    };
}
