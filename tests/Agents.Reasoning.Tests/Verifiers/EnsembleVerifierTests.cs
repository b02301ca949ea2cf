using Agents.Reasoning.Verifiers;
using Agents.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class EnsembleVerifierTests
{
    private static readonly Arbitrary<double?[]> scores = Gen.Choose(-3, 10).Select(n => n < 0 ? (double?)null : n / 10.0).ArrayOf(4).Select(a => a).ToArbitrary();

    [Theory]
    [InlineData(EnsembleRule.Weighted, 0.2, 0.6, 0.4)]
    [InlineData(EnsembleRule.Any, 0.2, 0.6, 0.6)]
    [InlineData(EnsembleRule.All, 0.2, 0.6, 0.2)]
    [InlineData(EnsembleRule.Weighted, null, 0.6, 0.6)]
    [InlineData(EnsembleRule.Any, null, 0.6, 0.6)]
    [InlineData(EnsembleRule.All, 0.2, null, 0.2)]
    [InlineData(EnsembleRule.Escalating, 0.5, 0.6, 0.6)]
    [InlineData(EnsembleRule.Escalating, 0.5, null, 0.5)]
    [InlineData(EnsembleRule.Escalating, 0.05, 0.6, 0.05)]
    [InlineData(EnsembleRule.Weighted, null, null, null)]
    [InlineData(EnsembleRule.Escalating, null, null, null)]
    public async Task Rule_MakesOneScore_AndAbstentionsCountForNothing(EnsembleRule rule, double? first, double? second, double? expected) =>
        Assert.Equal(expected, (await Ask(new EnsembleVerifier(rule, Says(first), Says(second)))).Score);

    [Fact]
    public async Task Weights_Count() =>
        Assert.Equal(0.75, (await Ask(new EnsembleVerifier(EnsembleRule.Weighted, Says(1) with { Weight = 3 }, Says(0)))).Score);

    [Theory]
    [InlineData(EnsembleRule.Weighted)]
    [InlineData(EnsembleRule.Any)]
    [InlineData(EnsembleRule.All)]
    public void OrderOfMembers_DoesNotMatter_AndTheScoreIsAmongTheirs(EnsembleRule rule) => Prop.ForAll(scores, said =>
    {
        double? forward = Ask(new EnsembleVerifier(rule, [.. said.Select(Says)])).GetAwaiter().GetResult().Score;
        double? backward = Ask(new EnsembleVerifier(rule, [.. said.Reverse().Select(Says)])).GetAwaiter().GetResult().Score;
        return said.All(s => s is null)
            ? forward is null && backward is null
            : Math.Abs(forward!.Value - backward!.Value) < 1e-12 && forward >= said.Min() && forward <= said.Max();
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("6 * 7 = 43. The answer is 43.", 0.0, 0)]
    [InlineData("6 * 7 = 42. The answer is 42.", 1.0, 1)]
    [InlineData("The answer is 42.", 1.0, 1)]
    public async Task Escalating_AsksTheModelOnlyWhereArithmeticDoesNotReject(string solution, double expected, int calls)
    {
        var judge = new ScriptedSampler(_ => CallOutcome.FromText("Verdict: yes"));
        Verdict verdict = await VerifyOnce.RunAsync(EnsembleVerifier.Escalating(new ArithmeticVerifier(), new LlmJudgeVerifier()), solution, judge);
        Assert.Equal(expected, verdict.Score);
        Assert.Equal(calls, judge.Calls);
    }

    [Fact]
    public async Task TwoJudgesOfTheSamePrompt_AreTwoOpinions()
    {
        var judge = new ScriptedSampler(_ => CallOutcome.FromText("Verdict: yes"));
        await VerifyOnce.RunAsync(EnsembleVerifier.Mean(new LlmJudgeVerifier(), new LlmJudgeVerifier()), "The answer is 42.", judge);
        Assert.Equal(2, judge.Calls);
    }

    [Fact]
    public async Task FailingMember_Abstains_AndIsNamed()
    {
        Verdict verdict = await VerifyOnce.RunAsync(EnsembleVerifier.Mean(new ArithmeticVerifier(), new LlmJudgeVerifier()), "6 * 7 = 42", ScriptedSampler.Failing(CallFailureKind.Unavailable, "down"));
        Assert.Equal(1, verdict.Score);
        Assert.Equal("arithmetic 1; llm-judge abstains", verdict.Rationale);
        Assert.Equal([1], verdict.Steps);
    }

    [Fact]
    public async Task Ensembles_Nest()
    {
        EnsembleVerifier inner = EnsembleVerifier.Any(new ArithmeticVerifier(), new CheckerVerifier());
        Assert.Equal(0.5, (await Ask(new EnsembleVerifier(EnsembleRule.Weighted, new EnsembleMember(inner), Says(0)))).Score);
    }

    [Fact]
    public void OutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new EnsembleVerifier(EnsembleRule.Any));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleVerifier(EnsembleRule.Any, Says(1) with { Weight = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleVerifier(EnsembleRule.Any, Says(1) with { Weight = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleVerifier(EnsembleRule.Any, Says(1) with { AcceptAt = 1.5 }));
    }

    private static EnsembleMember Says(double? score) => new(new FixedVerifier(score));

    private static Task<Verdict> Ask(EnsembleVerifier ensemble) =>
        VerifyOnce.RunAsync(ensemble, "6 * 7 = 42", new ScriptedSampler(_ => throw new InvalidOperationException("No model is needed.")));

    private sealed class FixedVerifier(double? score) : IVerifier
    {
        public string Name => "fixed";

        public string Fingerprint => $"fixed/{score}";

        public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => Task.FromResult(new Verdict(Name, score));
    }
}
