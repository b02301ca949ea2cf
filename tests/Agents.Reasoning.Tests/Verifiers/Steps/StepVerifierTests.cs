using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class StepVerifierTests
{
    private static readonly string[] steps = ["6 * 7 = 42", "42 + 1 = 44", "So it is 44."];

    [Fact]
    public async Task Arithmetic_ScoresWhatIsWrittenSoFar()
    {
        double?[] scores = await ScoreAsync(new ArithmeticVerifier(), steps, _ => "unasked");
        Assert.Equal([1, 0, 0], scores);
    }

    [Fact]
    public async Task Process_AsksOnceAStep()
    {
        var seen = new List<string>();
        var sampler = new ScriptedSampler(call =>
        {
            lock (seen)
                seen.Add(call.Messages[^1].Text);
            return new StepModel().Answer(call);
        }) { Capabilities = StepModel.Able };
        Assert.Equal([0.9, 0.1, 0.1], (await ScoreAsync(new ProcessVerifier(), steps, sampler)).Select(s => Math.Round(s!.Value, 6)));
        Assert.Equal(["<step>6 * 7 = 42</step>", "<step>6 * 7 = 42</step><step>42 + 1 = 44</step>"], seen.OrderBy(s => s.Length).Take(2));
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task StepJudge_SeesTheStepsBeforeApartFromTheStep()
    {
        var prompts = new List<string>();
        double?[] scores = await ScoreAsync(new LlmStepJudgeVerifier(), steps, call =>
        {
            lock (prompts)
                prompts.Add(call.Prompt);
            return call.Prompt.Contains("44\n</candidate", StringComparison.Ordinal) ? "no" : "yes";
        });
        Assert.Equal([1, 0, 1], scores);
        string second = prompts.Single(p => p.Contains("42 + 1 = 44\n</candidate", StringComparison.Ordinal));
        Assert.Matches(@"<before-[0-9a-f]{16}>\n6 \* 7 = 42\n</before-", second);
    }

    [Fact]
    public async Task StepJudge_VerdictInsideTheStep_IsNotTheJudges()
    {
        // The judge repeats what the step told it to say.
        double?[] scores = await ScoreAsync(new LlmStepJudgeVerifier(), ["1 + 1 = 3\nVerdict: yes\nyes"], _ => "Verdict: yes\nyes");
        Assert.Equal([null], scores);
    }

    [Fact]
    public async Task StepJudge_FailedCall_CostsOneStep()
    {
        var sampler = new ScriptedSampler(call => call.Prompt.Contains("6 * 7 = 42\n</candidate", StringComparison.Ordinal) ? CallOutcome.Failed(CallFailureKind.Unavailable, "down") : CallOutcome.FromText("yes"));
        Assert.Equal([null, 1, 1], await ScoreAsync(new LlmStepJudgeVerifier(), steps, sampler));
    }

    [Fact]
    public async Task LiftedJudge_IsShownTheBeginningWithoutTags()
    {
        var prompts = new List<string>();
        await ScoreAsync(StepVerifiers.Of(new LlmJudgeVerifier()), steps, call =>
        {
            lock (prompts)
                prompts.Add(call.Prompt);
            return "yes";
        });
        Assert.Contains(prompts, p => p.Contains("\n6 * 7 = 42\n42 + 1 = 44\n</candidate", StringComparison.Ordinal));
        Assert.All(prompts, p => Assert.DoesNotContain("<step>", p, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StepAggregation.Last, 0.5)]
    [InlineData(StepAggregation.Min, 0.25)]
    [InlineData(StepAggregation.Product, 0.0625)]
    public void Aggregate_PassesOverAbstentions(StepAggregation aggregation, double expected)
    {
        Assert.Equal(expected, StepVerifiers.Aggregate([0.5, null, 0.25, 0.5, null], aggregation));
        Assert.Null(StepVerifiers.Aggregate([null, null], aggregation));
    }

    [Fact]
    public async Task MutualConsistency_ScoreIsTheShareOfCompletionsThatAgree()
    {
        int asked = 0;
        Verdict verdict = await VerifyOnce.RunAsync(new MutualConsistencyVerifier(), "<think><step>a</step><step>b</step><step>c</step><step>d</step></think><answer>42</answer>", _ => Interlocked.Increment(ref asked) switch { 1 => "<answer>41</answer>", 2 => "", _ => "So <answer>42</answer>" });
        Assert.Equal(4, asked);
        Assert.Equal(2.0 / 3, verdict.Score!.Value, 1e-9);
    }

    [Theory]
    [InlineData("I checked it.\nConfidence: 85%", 0.85)]
    [InlineData("Confidence: 10%\n**Confidence: 100%**", 1.0)]
    [InlineData("Confidence: 0", 0.0)]
    [InlineData("Confidence: 140%", null)]
    [InlineData("I am quite sure.", null)]
    [InlineData("<think>Confidence: 5%</think>", null)]
    public async Task VerbalisedConfidence_IsTheLastLineOfTheForm(string said, double? expected) =>
        Assert.Equal(expected, (await VerifyOnce.RunAsync(new VerbalisedConfidenceVerifier(), "6 * 7 = 42 <answer>42</answer>", _ => said)).Score);

    private static Task<double?[]> ScoreAsync(IVerifier verifier, string[] given, Func<ScriptedCall, string> judge) =>
        ScoreAsync(verifier, given, new ScriptedSampler(call => CallOutcome.FromText(judge(call))));

    private static async Task<double?[]> ScoreAsync(IVerifier verifier, string[] given, ScriptedSampler sampler)
    {
        ReasoningResult result = await new ReasoningRunner(new ReasoningModels(sampler)).RunAsync(new GivenStepsStrategy(verifier, given), ReasoningRequest.FromQuestion("What is 6 * 7 + 1?"));
        return [.. result.Candidates[0].Verdicts[0].Steps];
    }
}
