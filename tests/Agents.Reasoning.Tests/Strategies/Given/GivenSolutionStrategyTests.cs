using Agents.Reasoning.Composition;
using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies.Given;

public sealed class GivenSolutionStrategyTests
{
    private static readonly ReasoningRequest question = ReasoningRequest.FromQuestion("What is 6*7?");

    [Theory]
    [InlineData("6*7 = 42, so <answer>42</answer>", "42")]
    [InlineData("42", "42")]
    [InlineData("a blue whale", "a blue whale")]
    public async Task RunAsync_AsksNothing_AndTheAnswerIsWhatTheTextStates(string solution, string answer)
    {
        var sampler = ScriptedSampler.FromTexts("never");
        ReasoningResult result = await new ReasoningRunner(new ReasoningModels(sampler)).RunAsync(new GivenSolutionStrategy(solution), question);
        Assert.Equal(answer, result.Answer!.Text);
        Assert.Equal(0, sampler.Calls);
        Assert.Equal(0, result.Usage.ModelCalls);
    }

    [Theory]
    [InlineData("6*7 = 42. <answer>42</answer>", true)]
    [InlineData("6*7 = 41. <answer>41</answer>", false)]
    public async Task VerifiedBy_JudgesTheGivenSolution(string solution, bool isRight)
    {
        ReasoningResult result = await new ReasoningRunner(new ReasoningModels(ScriptedSampler.FromTexts("never")))
            .RunAsync(new GivenSolutionStrategy(solution).VerifiedBy(new ArithmeticVerifier()), question);
        Assert.Equal(isRight, result.Selected!.Verdicts.Single().Score > 0.5);
    }

    [Fact]
    public void Fingerprint_IsOfTheSolution() =>
        Assert.NotEqual(new GivenSolutionStrategy("41").Fingerprint, new GivenSolutionStrategy("42").Fingerprint);

    [Fact]
    public void BlankSolution_IsRefused() => Assert.Throws<ArgumentException>(() => new GivenSolutionStrategy(" "));
}
