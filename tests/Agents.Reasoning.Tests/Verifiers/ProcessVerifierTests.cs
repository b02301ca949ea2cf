using Agents.Reasoning.Verifiers;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class ProcessVerifierTests
{
    private const string Solution = "<think><step>6*7=42</step><step>42+1=44</step></think><answer>44</answer>";

    private static readonly SamplerCapabilities able = new() { ContinueAssistant = true, LogProbabilities = true };

    [Theory]
    [InlineData(StepAggregation.Last, 0.2)]
    [InlineData(StepAggregation.Min, 0.1)]
    [InlineData(StepAggregation.Product, 0.9 * 0.1 * 0.2)]
    public async Task EveryStepAndTheAnswer_AreAskedForWithWhatStandsBefore(StepAggregation aggregation, double score)
    {
        Verdict verdict = await RunAsync(new() { Aggregation = aggregation }, said => said.EndsWith("=42</step>", StringComparison.Ordinal) ? 0.9 : said.EndsWith("=44</step>", StringComparison.Ordinal) ? 0.1 : said.EndsWith("</answer>", StringComparison.Ordinal) ? 0.2 : throw new InvalidOperationException(said));
        Assert.Equal(score, verdict.Score!.Value, 1e-9);
        Assert.Equal([0.9, 0.1], verdict.Steps.Select(s => Math.Round(s!.Value, 9)));
    }

    [Fact]
    public async Task Calls_ContinueTheTurnByOneTokenWithProbabilities()
    {
        var seen = new List<ScriptedCall>();
        await RunAsync(new(), _ => 0.5, seen);
        Assert.Equal(3, seen.Count);
        Assert.All(seen, call =>
        {
            Assert.True(call.Options is { ContinueAssistant: true, LogProbabilities: true, MaxOutputTokens: 1 });
            Assert.Equal(ChatRole.Assistant, call.Messages[^1].Role);
            Assert.StartsWith(call.Messages[^1].Text, Solution, StringComparison.Ordinal);
            Assert.Equal("What is 6 * 7?", call.Messages[0].Text);
        });
    }

    [Fact]
    public async Task ModelThatSaysNeitherWord_Abstains()
    {
        Verdict verdict = await VerifyOnce.RunAsync(new ProcessVerifier(), Solution, new ScriptedSampler(_ => CallOutcome.FromText("<step>") with { LogProbabilities = [new("<step>", Math.Log(0.9), [new("<step>", Math.Log(0.9)), new(" yes", Math.Log(0.06)), new(" no", Math.Log(0.01))])] }) { Capabilities = able });
        Assert.Null(verdict.Score);
        Assert.Contains("yes or no", verdict.Rationale, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StepWhoseCallFails_HasNoScoreAndTheOthersHave()
    {
        var sampler = new ScriptedSampler(call => call.Messages[^1].Text.EndsWith("=42</step>", StringComparison.Ordinal) ? CallOutcome.Failed(CallFailureKind.Unavailable, "down") : Saying(0.8)) { Capabilities = able };
        Verdict verdict = await VerifyOnce.RunAsync(new ProcessVerifier(new() { Aggregation = StepAggregation.Min }), Solution, sampler);
        Assert.Null(verdict.Steps[0]);
        Assert.Equal(0.8, verdict.Score!.Value, 1e-9);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task ModelThatCannot_IsNotAsked(bool continues, bool probabilities)
    {
        var sampler = new ScriptedSampler(_ => Saying(1)) { Capabilities = new() { ContinueAssistant = continues, LogProbabilities = probabilities } };
        Verdict verdict = await VerifyOnce.RunAsync(new ProcessVerifier(), Solution, sampler);
        Assert.Null(verdict.Score);
        Assert.Equal(0, sampler.Calls);
    }

    [Fact]
    public async Task LongSolution_IsScoredInItsFirstStepsAndItsEnd()
    {
        var seen = new List<ScriptedCall>();
        await RunAsync(new() { MaxSteps = 1 }, _ => 0.5, seen);
        Assert.Equal(["<think><step>6*7=42</step>", Solution], seen.Select(c => c.Messages[^1].Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Options_AreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessVerifier(new() { MaxSteps = 0 }));
        Assert.Throws<ArgumentException>(() => new ProcessVerifier(new() { Role = "Not a role" }));
    }

    [Fact]
    public void EveryOrderOfCompletions_GivesTheSameAnswerAndCalls()
    {
        StrategyContract.HoldsInEveryOrder(new VerifyEachStrategy(new ProcessVerifier()), ReasoningRequest.FromQuestion("What is 6 * 7?"), Model, orders: 30, able);
        StrategyContract.RestartsFromEveryPrefix(new VerifyEachStrategy(new ProcessVerifier()), ReasoningRequest.FromQuestion("What is 6 * 7?"), Model, 7, able);

        static CallOutcome Model(ModelCall call)
        {
            var random = new Random((int)(call.Seed ^ (call.Seed >> 31)));
            return random.Next(9) == 0 ? CallOutcome.Failed(CallFailureKind.Unavailable, "down")
                : call.Role == "solver" ? CallOutcome.FromText(Solution.Replace("44", random.Next(40, 45).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal))
                : Saying(random.NextDouble());
        }
    }

    private static Task<Verdict> RunAsync(ProcessVerifierOptions options, Func<string, double> yes, List<ScriptedCall>? seen = null) =>
        VerifyOnce.RunAsync(new ProcessVerifier(options), Solution, new ScriptedSampler(call =>
        {
            lock (options)
                seen?.Add(call);
            return Saying(yes(call.Messages[^1].Text));
        }) { Capabilities = able });

    private static CallOutcome Saying(double yes) => CallOutcome.FromText(" yes") with
    {
        LogProbabilities = [new(" yes", Math.Log(yes), [new(" yes", Math.Log(yes)), new(" no", Math.Log(1 - yes))])],
    };
}
