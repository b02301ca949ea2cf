using Agents.Reasoning.Composition;
using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies.Given;

public sealed class GivenSolutionsStrategyTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");

    private static Task<ReasoningResult> RunAsync(IReasoningStrategy strategy, Func<ModelCall, CallOutcome>? model = null) =>
        new ReasoningRunner(new CallModel(model ?? (_ => throw new InvalidOperationException("No call is needed."))).Models).RunAsync(strategy, request);

    [Fact]
    public async Task NoScores_ThePluralityWins_WithoutACall()
    {
        ReasoningResult result = await RunAsync(new GivenSolutionsStrategy([new("So <answer>41</answer>"), new("So <answer>42</answer>"), new(null, "42.0"), new("")]));
        Assert.Equal(("42", 1, 0L), (result.Answer!.Text, result.Selected!.Index, result.Usage.ModelCalls));
        Assert.Equal(2.0 / 3, result.Confidence!.Value, 9);
        Assert.Equal(1, result.Abstentions);
    }

    [Fact]
    public async Task Scores_WeighTheVotes()
    {
        ReasoningResult result = await RunAsync(new GivenSolutionsStrategy([new(null, "41", 0.2), new(null, "41", 0.2), new(null, "42", 0.9)]));
        Assert.Equal(("42", 2), (result.Answer!.Text, result.Selected!.Index));
        Assert.Equal(0.9 / 1.3, result.Confidence!.Value, 9);
    }

    [Fact]
    public async Task Verifier_JudgesEverySolutionWithAnAnswer()
    {
        ReasoningResult result = await RunAsync(new GivenSolutionsStrategy([new("6 * 7 = 41 <answer>41</answer>"), new("6 * 7 = 42 <answer>42</answer>"), new("")], new ArithmeticVerifier()));
        Assert.Equal("42", result.Answer!.Text);
        Assert.Equal([0.0, 1.0], result.Candidates.Take(2).Select(c => c.Verdicts.Single().Score));
        Assert.Empty(result.Candidates[2].Verdicts);
    }

    [Fact]
    public async Task Refined_TheChosenSolutionIsTheDraft()
    {
        string? draft = null;
        ReasoningResult result = await RunAsync(new GivenSolutionsStrategy([new("6 * 7 = 41 <answer>41</answer>")]).Refine(new ArithmeticVerifier()), call =>
        {
            draft ??= string.Join('\n', call.Messages.Select(m => m.Text));
            return CallOutcome.FromText("6 * 7 = 42 <answer>42</answer>");
        });
        Assert.Contains("6 * 7 = 41", draft, StringComparison.Ordinal);
        Assert.Equal(("42", 1L), (result.Answer!.Text, result.Usage.ModelCalls));
    }

    [Fact]
    public async Task Contract_Holds()
    {
        var strategy = new GivenSolutionsStrategy([.. Enumerable.Range(0, 5).Select(i => new GivenSolution($"It is <answer>{40 + i % 3}</answer>"))], new LlmJudgeVerifier());
        var model = new NoisyModel();
        StrategyContract.HoldsInEveryOrder(strategy, request, model.Answer);
        StrategyContract.RestartsFromEveryPrefix(strategy, request, model.Answer);
        await StrategyContract.HostsAgreeAsync(strategy, request, model.Answer);
    }

    [Fact]
    public void Fingerprint_DependsOnTextsAnswersAndScores()
    {
        string[] all = [.. new GivenSolution[] { new("a"), new("b"), new("a", "1"), new("a", "1", 0.5), new(null, "a") }.Select(s => new GivenSolutionsStrategy([s]).Fingerprint)];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void NoSolution_OrAScoreOutsideItsRange_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new GivenSolutionsStrategy([]));
        Assert.Contains("1.5", Assert.Throws<ArgumentException>(() => new GivenSolutionsStrategy([new("x", null, 1.5)])).Message, StringComparison.Ordinal);
    }
}
