using System.Globalization;
using System.Text.RegularExpressions;
using Agents.Reasoning.Verifiers;
using Agents.Testing;
using Agents.Testing.StrategyScan;

namespace Agents.Reasoning.Tests.Verifiers;

/// <summary>Every verifier through the strategy contract: random orders, a restart from every prefix of the journal, agreement between hosts.</summary>
public sealed partial class VerifierContractTests
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
        ["step judge"] = new LlmStepJudgeVerifier(),
        ["step judge votes"] = new LlmStepJudgeVerifier(new() { Votes = 3, Aggregation = StepAggregation.Product }),
        ["verbalised confidence"] = new VerbalisedConfidenceVerifier(),
        ["mutual consistency"] = new MutualConsistencyVerifier(),
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

    public static TheoryData<string> Judges => [.. verifiers.Keys.Where(k => k.StartsWith("judge", StringComparison.Ordinal) || k is "mean" or "escalating" or "nested")];

    [Theory, MemberData(nameof(Judges))]
    public async Task WithSchemaAndLogProbabilities_TheContractHoldsToo(string name)
    {
        var can = new SamplerCapabilities { ResponseSchema = true, LogProbabilities = true };
        var strategy = new VerifyEachStrategy(verifiers[name]);
        int schemas = 0, probabilities = 0;
        StrategyContract.HoldsInEveryOrder(strategy, request, Structured, orders: 30, can);
        for (int order = 0; order < 3; order++)
            StrategyContract.RestartsFromEveryPrefix(strategy, request, Structured, order * 100, can);
        await StrategyContract.HostsAgreeAsync(strategy, request, Structured, can);
        Assert.True(schemas > 0, "No schema was ever asked for.");
        Assert.Equal(name != "judge points", probabilities > 0);

        CallOutcome Structured(ModelCall call)
        {
            if (call.Options.ResponseSchema is not null)
                Interlocked.Increment(ref schemas);
            if (call.Options.LogProbabilities)
                Interlocked.Increment(ref probabilities);
            return StructuredModel(call);
        }
    }

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

    /// <summary>The same with judges that answer by the schema, each token with its probability; some forget their id.</summary>
    private static CallOutcome StructuredModel(ModelCall call)
    {
        CallOutcome plain = Model(call);
        if (call.Role == "solver" || plain.Failure is not null)
            return plain;
        var random = new Random((int)(call.Seed ^ (call.Seed >> 31)));
        double yes = random.NextDouble();
        bool points = !call.Options.LogProbabilities;
        string verdict = points ? random.Next(11).ToString(CultureInfo.InvariantCulture) : yes > 0.5 ? "\"yes\"" : "\"no\"";
        string id = random.Next(4) == 0 ? "forgotten" : Nonce().Match(call.Messages.First(m => m.Role == Microsoft.Extensions.AI.ChatRole.User).Text).Value;
        string word = yes > 0.5 ? "yes" : "no";
        return CallOutcome.FromText($$"""{"reasoning":"checked","id":"{{id}}","verdict":{{verdict}}}""") with
        {
            LogProbabilities = points ? [] : [new(word, Math.Log(Math.Max(yes, 1 - yes)), [new("yes", Math.Log(yes)), new("no", Math.Log(1 - yes))])],
        };
    }

    [GeneratedRegex("[0-9a-f]{16}")]
    private static partial Regex Nonce();

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
