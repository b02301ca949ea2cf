using System.Globalization;
using Agents.Reasoning.Verifiers;
using Agents.Testing;
using Agents.Testing.StrategyScan;

namespace Agents.Reasoning.Tests.Verifiers;

/// <summary>Every verifier through the strategy contract: random orders, a restart from every prefix of the journal, agreement between hosts.</summary>
public sealed class VerifierContractTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");

    private static readonly Dictionary<string, IVerifier> verifiers = new(StringComparer.Ordinal)
    {
        ["arithmetic"] = new ArithmeticVerifier(),
        ["checker"] = new CheckerVerifier("forty-two", answer => answer.Text == "42"),
        ["log-probability"] = new LogProbabilityVerifier(),
        ["log-probability of the sequence"] = new LogProbabilityVerifier(LogProbabilityMeasure.Sequence),
        ["judge"] = new LlmJudgeVerifier(),
        ["judge votes"] = new LlmJudgeVerifier(new() { Votes = 5 }),
        ["judge points"] = new LlmJudgeVerifier(new() { Scale = JudgeScale.Points, Votes = 3, Target = JudgeTarget.Answer }),
        ["mean"] = EnsembleVerifier.Mean(new ArithmeticVerifier(), new LlmJudgeVerifier(), new LlmJudgeVerifier(new() { Votes = 2 })),
        ["escalating"] = EnsembleVerifier.Escalating(new ArithmeticVerifier(), new LlmJudgeVerifier(new() { Scale = JudgeScale.Points }), new LlmJudgeVerifier(new() { Votes = 3 })),
        ["nested"] = EnsembleVerifier.All(EnsembleVerifier.Any(new CheckerVerifier(), new LlmJudgeVerifier()), EnsembleVerifier.Escalating(new ArithmeticVerifier(), new LlmJudgeVerifier())),
    };

    public static TheoryData<string> Names => [.. verifiers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void EveryOrderOfCompletions_GivesTheSameAnswerAndCalls(string name) =>
        StrategyContract.HoldsInEveryOrder(new VerifyEachStrategy(verifiers[name]), request, Model, orders: 30);

    [Theory, MemberData(nameof(Names))]
    public void EveryPrefixOfTheJournal_RestartsToTheSameAnswer(string name)
    {
        for (int order = 0; order < 3; order++)
            StrategyContract.RestartsFromEveryPrefix(new VerifyEachStrategy(verifiers[name]), request, Model, order * 100);
    }

    [Theory, MemberData(nameof(Names))]
    public Task AllHosts_Agree(string name) => StrategyContract.HostsAgreeAsync(new VerifyEachStrategy(verifiers[name]), request, Model);

    [Theory, MemberData(nameof(Names))]
    public async Task BudgetThatEndsBetweenSampleAndVerdict_IsAnAbstention(string name)
    {
        var model = new CallModel(call => call.Role == "solver" ? CallOutcome.FromText("It is 42. The answer is 42.") : CallOutcome.FromText("Verdict: yes"));
        ReasoningResult result = await new ReasoningRunner(model.Models).RunAsync(new VerifyEachStrategy(verifiers[name], samples: 2), request, new RunOptions { Limits = new() { Calls = 2 } });
        Assert.Equal("42", result.Answer?.Text);
        Assert.Equal(2, model.Calls);
    }

    [Fact]
    public void CompiledVerifiers_UseNothingForbidden()
    {
        string assembly = typeof(LlmJudgeVerifier).Assembly.Location;
        Assert.Empty(StrategyScanner.Scan(assembly, IsVerifiers));
        Assert.True(StrategyScanner.CountTypes(assembly, IsVerifiers) > 15);

        static bool IsVerifiers(string type) => type.StartsWith("Agents.Reasoning.Verifiers.", StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprints_AreDistinct() =>
        Assert.Equal(verifiers.Count, verifiers.Values.Select(v => v.Fingerprint).Distinct(StringComparer.Ordinal).Count());

    /// <summary>Solutions right and wrong; judges that decide by seed, sometimes unreadably; one call in thirteen fails.</summary>
    private static CallOutcome Model(ModelCall call)
    {
        var random = new Random((int)(call.Seed ^ (call.Seed >> 31)));
        if (random.Next(13) == 0)
            return CallOutcome.Failed(CallFailureKind.Unavailable, "down");
        if (call.Role == "solver")
            return CallOutcome.FromText(random.Next(3) switch { 0 => "6 * 7 = 41. The answer is 41.", 1 => "6 * 7 = 42. The answer is 42.", _ => "It is plain. The answer is 43." });
        return CallOutcome.FromText(random.Next(4) switch
        {
            0 => "I cannot say.",
            1 => "Verdict: no",
            2 => "Verdict: yes",
            _ => string.Create(CultureInfo.InvariantCulture, $"Rating: {random.Next(11)}/10"),
        });
    }
}
