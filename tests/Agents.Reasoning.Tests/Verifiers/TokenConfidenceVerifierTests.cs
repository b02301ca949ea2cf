using Agents.Answers;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Verifiers;

/// <summary>The verifiers that go by the alternatives to a sample's tokens.</summary>
public sealed class TokenConfidenceVerifierTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is 6 * 7?");
    private static readonly SamplerCapabilities gives = new() { LogProbabilities = true };

    [Fact]
    public async Task SelfCertainty_IsTheMeanOverTheTokensOfTheirAlternatives()
    {
        Verdict verdict = await VerifyAsync(new SelfCertaintyVerifier(), Written(("6*7", -1, -3), ("=42", -2, -4)));
        // (2 + 3) / 2 = 2.5, as a score 2.5 / 3.5.
        Assert.Equal(2.5 / 3.5, verdict.Score!.Value, 12);
    }

    [Fact]
    public async Task SelfCertainty_MarkedSteps_AreScoredEachByTheirOwnTokens()
    {
        Verdict verdict = await VerifyAsync(new SelfCertaintyVerifier(), Written(("<step>", -9, -9), ("6*7=42", -1, -1), ("</step>", -9, -9), ("<step>", -9, -9), ("so 42", -2, -4), ("</step>", -9, -9)));
        Assert.Equal([0.5, 0.75], verdict.Steps.Select(s => Math.Round(s!.Value, 12)));
    }

    [Fact]
    public async Task SurerTokens_ScoreHigher()
    {
        double sure = (await VerifyAsync(new SelfCertaintyVerifier(), Written(("42", -0.01, -6)))).Score!.Value;
        double unsure = (await VerifyAsync(new SelfCertaintyVerifier(), Written(("42", -0.6, -0.8)))).Score!.Value;
        Assert.True(sure > unsure);
    }

    [Fact]
    public async Task AnswerMargin_IsThatOfTheAnswersTokens()
    {
        Verdict verdict = await VerifyAsync(new AnswerMarginVerifier(), Written(("6*7 is <answer>", Math.Log(0.5), Math.Log(0.5)), ("42", Math.Log(0.8), Math.Log(0.1)), ("</answer>", Math.Log(0.5), Math.Log(0.5))));
        Assert.Equal(0.7, verdict.Score!.Value, 12);
    }

    [Fact]
    public async Task AnswerMargin_TokensThatAreNotTheText_Abstains() =>
        Assert.Null((await VerifyAsync(new AnswerMarginVerifier(), Written(("bytes:", -1, -2)) with { Text = "<answer>42</answer>" })).Score);

    public static TheoryData<string> Names => ["self-certainty", "answer-margin"];

    [Theory, MemberData(nameof(Names))]
    public async Task WithoutAlternatives_Abstains(string name)
    {
        Verdict verdict = await VerifyAsync(VerifierCatalogue.Create(name), CallOutcome.FromText("<answer>42</answer>") with { LogProbabilities = [new("<answer>42</answer>", -0.1, [])] });
        Assert.Null(verdict.Score);
        Assert.NotEmpty(verdict.Rationale!);
    }

    [Theory, MemberData(nameof(Names))]
    public void Solver_IsAskedForTheAlternatives_AlsoThroughWrappers(string name)
    {
        IVerifier verifier = VerifierCatalogue.Create(name);
        foreach (IVerifier asked in new[] { verifier, EnsembleVerifier.Mean(new ArithmeticVerifier(), verifier) })
        {
            var options = new List<SampleOptions>();
            ScheduledRun.Run(StrategyCatalogue.Create("best-of-n", new StrategySettings { Samples = 2, Verifier = asked }), request, call =>
            {
                options.Add(call.Options);
                return CallOutcome.FromText("<answer>42</answer>");
            }, 0, can: gives);
            Assert.All(options, o => Assert.Equal((true, verifier.Alternatives), (o.LogProbabilities, o.TopLogProbabilities)));
        }
    }

    private static Task<Verdict> VerifyAsync(IVerifier verifier, CallOutcome outcome) =>
        verifier.VerifyAsync(null!, request, new Candidate(0, new Sample(0, "given", outcome), AnswerExtractor.Default.Extract(outcome.Text)));

    /// <summary>A text of these tokens, each with the log-probabilities of its two alternatives.</summary>
    private static CallOutcome Written(params (string Text, double First, double Second)[] tokens) => CallOutcome.FromText(string.Concat(tokens.Select(t => t.Text))) with
    {
        LogProbabilities = [.. tokens.Select(t => new TokenLogProbability(t.Text, t.First, [new(t.Text, t.First), new("?", t.Second)]))],
    };
}
