using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Strategies;

public sealed class StepwiseGenerationTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("Add one, three times.");

    [Fact]
    public async Task ModelThatContinues_IsGivenTheStepsAsItWroteThem_AndStopsAtTheirEnd()
    {
        List<ScriptedCall> calls = await CallsAsync(StepModel.Able);
        Assert.All(calls, c => Assert.True(c.Options.ContinueAssistant));
        Assert.All(calls, c => Assert.Equal(["</step>"], c.Options.StopSequences));
        Assert.Equal(
            ["<think><step>", "<think><step>The sum 0 + 1 = 1</step>", "<think><step>The sum 0 + 1 = 1</step><step>The sum 1 + 1 = 2</step>"],
            calls.Take(3).Select(c => c.Messages[^1].Text));
        Assert.All(calls, c => Assert.Equal(ChatRole.Assistant, c.Messages[^1].Role));
    }

    [Fact]
    public async Task ModelThatDoesNot_IsShownTheStepsInAPrompt()
    {
        List<ScriptedCall> calls = await CallsAsync(SamplerCapabilities.None);
        Assert.All(calls, c => Assert.False(c.Options.ContinueAssistant));
        Assert.Contains("(none yet)", calls[0].Prompt, StringComparison.Ordinal);
        Assert.Contains("1. The sum 0 + 1 = 1\n2. The sum 1 + 1 = 2", calls[2].Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public void Candidate_IsTheWholeSolutionWithItsStepScores()
    {
        ReasoningResult result = ScheduledRun.Run(new BeamSearchStrategy(new() { Samples = 1, Verifier = new ArithmeticVerifier() }), request, new StepModel(right: 1).Answer, 0, can: StepModel.Able).Result;
        Candidate only = Assert.Single(result.Candidates);
        Assert.Equal("<think><step>The sum 0 + 1 = 1</step><step>The sum 1 + 1 = 2</step><step>The sum 2 + 1 = 3</step></think><answer>3</answer>", only.Sample.Text);
        Assert.Equal([1, 1, 1, 1], Assert.Single(only.Verdicts).Steps);
        Assert.Equal(4, only.Sample.Outcome.LogProbabilities.Count);
    }

    [Fact]
    public void Beam_WrongStep_IsNotGoneOnFrom()
    {
        var seen = new List<string>();
        var model = new StepModel(steps: 5, right: 0.8);
        ReasoningResult result = ScheduledRun.Run(new BeamSearchStrategy(new() { Samples = 4, Verifier = new ProcessVerifier() }), request, call =>
        {
            if (call.Role == "solver")
                seen.Add(call.Messages[^1].Text);
            return model.Answer(call);
        }, 0, can: StepModel.Able).Result;
        Assert.Equal("5", result.Answer?.Text);
        Assert.All(seen.Where(text => text.Contains("</step>", StringComparison.Ordinal)), text => Assert.Equal(1, ArithmeticVerifier.Check(text).Score));
    }

    [Fact]
    public void Beam_OfTSteps_TakesTwoCallsAStepInARow()
    {
        ReasoningResult result = ScheduledRun.Run(new BeamSearchStrategy(new() { Samples = 64, Verifier = new ProcessVerifier() }), request, new StepModel(steps: 6).Answer, 0, can: StepModel.Able).Result;
        // Six steps and the answer, each written and then judged.
        Assert.Equal(14, result.Rounds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("</step>")]
    [InlineData("<step> </step>")]
    public void EmptyStep_EndsItsPathWithoutAnAnswer(string said)
    {
        foreach (SamplerCapabilities can in new[] { StepModel.Able, SamplerCapabilities.None })
        {
            ReasoningResult result = ScheduledRun.Run(new BeamSearchStrategy(new() { Samples = 4 }), request, _ => CallOutcome.FromText(said), 0, can: can).Result;
            Assert.Null(result.Answer);
            Assert.Equal(StopReason.NoAnswer, result.StopReason);
            Assert.InRange(result.Usage.ModelCalls, 1, 4);
        }
    }

    [Fact]
    public void StepCutByItsLength_EndsItsPath()
    {
        ReasoningResult result = ScheduledRun.Run(new BeamSearchStrategy(new() { Samples = 2 }), request, _ => CallOutcome.FromText("and so on and") with { FinishReason = "length" }, 0, can: StepModel.Able).Result;
        Assert.Equal(2, result.Usage.ModelCalls);
        Assert.All(result.Candidates, c => Assert.EndsWith("and so on and", c.Sample.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void ModelThatIgnoresStopStrings_IsCutAtItsFirstStep()
    {
        var seen = new List<string>();
        ScheduledRun.Run(new BeamSearchStrategy(new() { Samples = 1, MaxSteps = 2 }), request, call =>
        {
            seen.Add(call.Messages[^1].Text);
            return CallOutcome.FromText("one</step><step>two</step></think><answer>3</answer>");
        }, 0, can: StepModel.Able);
        Assert.Equal(["<think><step>", "<think><step>one</step>"], seen);
    }

    [Fact]
    public void LastStep_IsAskedForToTheEnd()
    {
        ScheduledOutcome run = ScheduledRun.Run(new BeamSearchStrategy(new() { Samples = 1, MaxSteps = 2 }), request, new StepModel(steps: 9, right: 1).Answer, 0, can: StepModel.Able);
        Assert.Equal(2, run.RequestedKeys.Count);
        Assert.Equal("9", run.Result.Answer?.Text);
    }

    [Fact]
    public void AllFailingAfterTheFirstStep_SaysThatNothingWasCompleted()
    {
        ReasoningResult result = ScheduledRun.Run(new BeamSearchStrategy(new() { Samples = 4 }), request, call => call.Messages[^1].Text.Contains("</step>", StringComparison.Ordinal) ? CallOutcome.Failed(CallFailureKind.Unavailable, "down") : new StepModel().Answer(call), 0, can: StepModel.Able).Result;
        Assert.Equal(StopReason.AllCallsFailed, result.StopReason);
        Assert.Contains("down", result.Failure, StringComparison.Ordinal);
        Assert.Contains(result.Notes, n => n.Contains("no solution was completed", StringComparison.Ordinal));
    }

    [Fact]
    public void SearchThatCompletesNothing_AsksForTheEndOfItsBestPath()
    {
        ReasoningResult result = ScheduledRun.Run(new BestFirstStrategy(new() { Samples = 2, Width = 2, Verifier = new ArithmeticVerifier() }), request, new StepModel(steps: 6, right: 1).Answer, 0, can: StepModel.Able).Result;
        Assert.Equal("6", result.Answer?.Text);
        Assert.Contains(result.Notes, n => n.Contains("asked for its end", StringComparison.Ordinal));
        Assert.Equal(5, result.Usage.ModelCalls);
    }

    [Fact]
    public void Dvts_CountThatIsNoMultipleOfTheWidth_IsRoundedDown()
    {
        ScheduledOutcome run = ScheduledRun.Run(new DvtsStrategy(new() { Samples = 7, Width = 3, MaxSteps = 1 }), request, new StepModel().Answer, 0, can: StepModel.Able);
        Assert.Equal(6, run.RequestedKeys.Count);
    }

    [Fact]
    public void AbMcts_Panel_IsAskedByRole()
    {
        ScheduledOutcome run = ScheduledRun.Run(new AbMctsStrategy(new() { Samples = 16, Verifier = new ArithmeticVerifier() }, panel: ["solver", "expert"]), request, new StepModel().Answer, 0);
        Assert.Equal(16, run.RequestedKeys.Count);
        Assert.Contains(run.RequestedKeys, k => k.Contains("|expert|", StringComparison.Ordinal));
        Assert.Contains(run.RequestedKeys, k => k.Contains("|solver|", StringComparison.Ordinal));
    }

    [Fact]
    public void RStar_Discriminator_CompletesSolutionsFromTheirFirstSteps()
    {
        var seen = new List<string>();
        ReasoningResult result = ScheduledRun.Run(new RStarStrategy(new() { Samples = 12 }), request, call =>
        {
            if (call.Role == "discriminator")
                seen.Add(call.Messages[^1].Text);
            return new StepModel(right: 1).Answer(call);
        }, 0, can: StepModel.Able).Result;
        Assert.Equal("3", result.Answer?.Text);
        Assert.NotEmpty(seen);
        Assert.All(seen, text => Assert.DoesNotContain("<answer>", text, StringComparison.Ordinal));
        Assert.All(result.Candidates.Where(c => c.Answer is not null), c => Assert.Contains(c.Verdicts, v => v.Verifier == "mutual-consistency"));
    }

    [Fact]
    public void Options_AreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BeamSearchStrategy(new() { Samples = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MctsStrategy(new() { Width = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParticlesStrategy(new() { MaxSteps = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BestFirstStrategy(new() { Temperature = -1 }));
        Assert.Throws<ArgumentException>(() => new AbMctsStrategy(panel: ["Not a role"]));
    }

    /// <summary>The solver's calls of one solution, in order.</summary>
    private static async Task<List<ScriptedCall>> CallsAsync(SamplerCapabilities can)
    {
        var seen = new List<ScriptedCall>();
        var sampler = new ScriptedSampler(call =>
        {
            lock (seen)
                seen.Add(call);
            return new StepModel(right: 1).Answer(call);
        }) { Capabilities = can };
        ReasoningResult result = await new ReasoningRunner(new ReasoningModels(sampler)).RunAsync(new BeamSearchStrategy(new() { Samples = 1 }), request);
        Assert.Equal("3", result.Answer?.Text);
        return seen;
    }
}
