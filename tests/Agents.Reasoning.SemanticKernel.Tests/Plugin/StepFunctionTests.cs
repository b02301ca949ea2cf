using System.Text.Json;
using Agents.Testing;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests.Plugin;

public sealed class StepFunctionTests
{
    [Theory]
    [InlineData("6*7 = 42. <answer>42</answer>", 1)]
    [InlineData("6*7 = 41. <answer>41</answer>", 0)]
    public async Task Verify_WithoutAModel_ScoresTheSolution(string solution, double score)
    {
        ScriptedChatClient solver = Scripted.Solver();
        Verdict? verdict = await Scripted.KernelOver(solver).InvokeAsync<Verdict>("Reasoning", "Verify", new() { ["question"] = Scripted.Question, ["solution"] = solution, ["verifier"] = "arithmetic" });
        Assert.Equal("arithmetic", verdict!.Verifier);
        Assert.Equal(score > 0.5, verdict.Score > 0.5);
        Assert.Empty(solver.Requests);
    }

    [Fact]
    public async Task Verify_AnAnswerAloneWithAReference_IsShownBothToTheJudge()
    {
        ScriptedChatClient judge = Scripted.Judge(accepts: false);
        Verdict? verdict = await Scripted.KernelOver(judge).InvokeAsync<Verdict>("Reasoning", "Verify", new() { ["question"] = Scripted.Question, ["solution"] = "forty-one", ["reference"] = "forty-two" });
        Assert.True(verdict!.Score < 0.5);
        Assert.All(judge.Requests, r => Assert.Contains("forty-two", r.Messages[^1].Text, StringComparison.Ordinal));
        Assert.All(judge.Requests, r => Assert.Contains("forty-one", r.Messages[^1].Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_AJudgeThatCannotBeRead_Abstains()
    {
        Verdict? verdict = await Scripted.KernelOver(new ScriptedChatClient(_ => "Who knows?")).InvokeAsync<Verdict>("Reasoning", "Verify", new() { ["question"] = "q", ["solution"] = "42" });
        Assert.Null(verdict!.Score);
        Assert.NotNull(verdict.Rationale);
    }

    public static TheoryData<object> Ballots => [new[] { "1/2", "so it is 0.5", "2" }, new List<string> { "1/2", "so it is 0.5", "2" }, """["1/2","so it is 0.5","2"]""", "1/2\nso it is 0.5\n2", JsonSerializer.SerializeToElement(new[] { "1/2", "so it is 0.5", "2" }), new AnswerList(["1/2", "so it is 0.5", "2"])];

    [Theory, MemberData(nameof(Ballots))]
    public async Task Vote_CountsEqualAnswersTogether_HoweverTheyAreGiven(object answers)
    {
        VoteOutcome? vote = await Scripted.KernelOver(Scripted.Solver()).InvokeAsync<VoteOutcome>("Reasoning", "Vote", new() { ["answers"] = answers });
        Assert.Equal("1/2", vote!.Answer);
        Assert.Equal(2.0 / 3, vote.Share, 6);
        Assert.Equal([0, 1], vote.Classes[0].Voters);
    }

    [Fact]
    public void Vote_TextsWithoutAnAnswerAbstain_AndNoneIsAnError()
    {
        VoteOutcome vote = ReasoningPlugin.Vote(["", "42", new string('x', 300)]);
        Assert.Equal("42", vote.Answer);
        Assert.Equal(2, vote.Abstentions);
        Assert.Contains("'answers'", Assert.Throws<ArgumentException>(() => ReasoningPlugin.Vote([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refine_RewritesTheDraftByWhatWasFound()
    {
        var model = new ScriptedChatClient(messages => messages[^1].Text.Contains("6*7 = 41", StringComparison.Ordinal) ? "6*7 = 42. <answer>42</answer>" : "?");
        SolutionContent? better = await Scripted.KernelOver(model).InvokeAsync<SolutionContent>("Reasoning", "Refine", new() { ["question"] = Scripted.Question, ["solution"] = "6*7 = 41. <answer>41</answer>", ["verifier"] = "arithmetic", ["samples"] = "3" });
        Assert.Equal("42", better!.Answer);
        Assert.Equal(StopReason.Verified, better.Result.StopReason);
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task Plan_GivesTheSteps_AndNeverMoreThanAskedFor()
    {
        var model = new ScriptedChatClient(_ => "Given: two numbers.\n1. Read six and seven.\n2) Multiply them,\n   both exactly.\n**3.** State the product.");
        ReasoningPlan? plan = await Scripted.KernelOver(model).InvokeAsync<ReasoningPlan>("Reasoning", "Plan", new() { ["question"] = Scripted.Question, ["steps"] = "2" });
        Assert.Equal(["Read six and seven.", "Multiply them, both exactly."], plan!.Steps);
        Assert.Contains("at most 2 steps", model.Requests.Single().Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal(0f, model.Requests.Single().Options!.Temperature);
    }

    [Fact]
    public async Task Plan_AReplyWithoutSteps_IsAnError() =>
        await Assert.ThrowsAsync<ReasoningFailedException>(() => Scripted.KernelOver(new ScriptedChatClient(_ => "Just do it.")).InvokeAsync("Reasoning", "Plan", new() { ["question"] = "q" }));

    [Fact]
    public async Task Sample_GivesEverySolution_FailedOnesToo()
    {
        int calls = 0;
        var model = new ScriptedChatClient(_ => Interlocked.Increment(ref calls) == 2 ? throw new InvalidOperationException("busy") : "So <answer>42</answer>");
        var solutions = await Scripted.KernelOver(model).InvokeAsync<IReadOnlyList<SampledSolution>>("Reasoning", "Sample", new() { ["question"] = Scripted.Question, ["samples"] = 5 });
        Assert.Equal([0, 1, 2, 3, 4], solutions!.Select(s => s.Index));
        Assert.Equal("busy", Assert.Single(solutions!, s => s.Answer is null).Error);
        Assert.All(solutions!.Where(s => s.Error is null), s => Assert.Equal("42", s.Answer));
    }

    [Fact]
    public async Task ListStrategies_NamesThemAll()
    {
        var strategies = await Scripted.KernelOver(Scripted.Solver()).InvokeAsync<IReadOnlyList<StrategyDescription>>("Reasoning", "ListStrategies");
        Assert.Equal(StrategyCatalogue.Descriptions.Select(d => d.Name), strategies!.Select(s => s.Name));
    }

    [Theory]
    [InlineData("Verify", "solution", "", "'solution' must not be blank")]
    [InlineData("Verify", "verifier", "oracle", "llm-judge")]
    [InlineData("Refine", "solution", " ", "'solution' must not be blank")]
    [InlineData("Refine", "samples", 0, "'samples'")]
    [InlineData("Sample", "samples", 1000, "'samples'")]
    [InlineData("Plan", "steps", 51, "'steps'")]
    [InlineData("Plan", "question", "", "'question'")]
    public async Task BadArgument_IsRefusedByName(string function, string name, object value, string said)
    {
        var arguments = new KernelArguments { ["question"] = "q", ["solution"] = "s", [name] = value };
        Assert.Contains(said, (await Assert.ThrowsAsync<ArgumentException>(() => Scripted.KernelOver(Scripted.Solver()).InvokeAsync("Reasoning", function, arguments))).Message, StringComparison.Ordinal);
    }
}
