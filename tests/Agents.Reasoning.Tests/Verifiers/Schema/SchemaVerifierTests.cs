using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class SchemaVerifierTests
{
    private static readonly SchemaVerifier verifier = new(JsonSchema.Parse("""{"type":"object","properties":{"total":{"type":"integer"}},"required":["total"],"additionalProperties":false}"""));

    [Theory]
    [InlineData("""{"total": 42}""", 1.0, "satisfied")]
    [InlineData("""<think>{"total": "no"}</think>{"total": 42}""", 1.0, "satisfied")]
    [InlineData("First {\"a\":1}.\n```json\n{\"a\":1}\n```\nBetter:\n```json\n{\"total\": 42}\n```\nDone.", 1.0, "satisfied")]
    [InlineData("""{"total": "42"}""", 0.0, "/total: \"integer\" was expected, found string")]
    [InlineData("The answer is 42.", 0.0, "\"object\" was expected, found number")]
    [InlineData("It is forty.", 0.0, "no JSON")]
    [InlineData("""{"total": 42""", 0.0, "found number")]
    [InlineData("{\"total\": 42, \"\\ud800\": 1}", 0.0, "surrogate")]
    public async Task Candidates_AreCheckedByTheirJson(string text, double score, string said)
    {
        Verdict verdict = await VerifyOnce.RunAsync(verifier, text, _ => throw new InvalidOperationException("A model was asked."));
        Assert.Equal(score, verdict.Score);
        Assert.Contains(said, verdict.Rationale, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_ChangesWithTheSchema() =>
        Assert.NotEqual(verifier.Fingerprint, new SchemaVerifier(JsonSchema.Parse("true")).Fingerprint);

    [Fact]
    public async Task Contract_Holds()
    {
        var strategy = new VerifyEachStrategy(new SchemaVerifier(JsonSchema.Parse("""{"const":42}""")));
        ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");
        StrategyContract.HoldsInEveryOrder(strategy, request, new NoisyModel(0.3).Answer);
        StrategyContract.RestartsFromEveryPrefix(strategy, request, new NoisyModel(0.3).Answer);
        await StrategyContract.HostsAgreeAsync(strategy, request, new NoisyModel(0.3).Answer);
        Assert.Equal("42", ScheduledRun.Run(strategy, request, new NoisyModel(0.7, failEvery: 0).Answer, 1).Result.Answer?.Text);
    }
}
