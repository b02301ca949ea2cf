using Agents.Reasoning.Composition;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Composition;

/// <summary>Strategies made of strategies keep the contract of their parts.</summary>
public sealed class CompositionContractTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");

    private static IReasoningStrategy Named(string name) => StrategyCatalogue.Create(name, new() { Samples = 8 });

    private static readonly Dictionary<string, IReasoningStrategy> compositions = new(StringComparer.Ordinal)
    {
        ["budget of calls"] = Named("self-consistency").WithBudget(new() { Calls = 5 }),
        ["escalation"] = Named("self-consistency").EscalateTo(Named("universal-self-consistency"), 0.7),
        ["sequence"] = Named("self-consistency").Then(Named("self-consistency")),
        ["verification"] = Named("self-consistency").VerifiedBy(new ArithmeticVerifier()),
        ["verification by calls"] = Named("self-consistency").VerifiedBy(new LlmJudgeVerifier()),
        ["refinement"] = Named("self-consistency").Refine(new LlmJudgeVerifier(), new() { MaxCandidates = 3 }),
        ["another role"] = Named("self-consistency").WithRoles(("solver", "expert")),
        ["a role within another"] = Named("best-of-n").WithRoles(("solver", "aggregator")).Then(Named("direct")).WithRoles(("aggregator", "expert")),
        ["debate, verified, or else a cascade"] = Named("debate").VerifiedBy(new LlmJudgeVerifier(), new() { Accept = 0.9, MaxAnswers = 2 }).EscalateTo(Named("cascade"), 0.9),
        ["escalation of a sequence within a budget"] = Named("direct").Then(Named("zero-shot-cot")).EscalateTo(Named("self-consistency")).WithBudget(new() { Calls = 9 }),
    };

    public static TheoryData<string> Compositions => [.. compositions.Keys];

    [Theory, MemberData(nameof(Compositions))]
    public void EveryOrderOfCompletions_GivesTheSameAnswerAndCalls(string name) =>
        StrategyContract.HoldsInEveryOrder(compositions[name], request, new NoisyModel(right: 0.5).Answer);

    [Theory, MemberData(nameof(Compositions))]
    public void EveryPrefixOfTheJournal_RestartsToTheSameAnswer(string name) =>
        StrategyContract.RestartsFromEveryPrefix(compositions[name], request, new NoisyModel(right: 0.5).Answer);

    [Theory, MemberData(nameof(Compositions))]
    public Task AllHosts_Agree(string name) => StrategyContract.HostsAgreeAsync(compositions[name], request, new NoisyModel(right: 0.5).Answer);

    [Fact]
    public void Fingerprints_TellCompositionsApart() =>
        Assert.Equal(compositions.Count, compositions.Values.Select(c => c.Fingerprint).Distinct(StringComparer.Ordinal).Count());
}
