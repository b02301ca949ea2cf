using System.Text.Json;
using Agents.Testing;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests.Plugin;

public sealed class SolveTests
{
    [Fact]
    public async Task Solve_TypedArguments_GivesTheWholeResultOrItsText()
    {
        Kernel kernel = Scripted.KernelOver(Scripted.Solver());
        var arguments = new KernelArguments { ["question"] = Scripted.Question, ["strategy"] = "self-consistency", ["samples"] = 5 };
        Assert.Equal(5, (await kernel.InvokeAsync<ReasoningResult>("Reasoning", "Solve", arguments))!.Candidates.Count);
        Assert.Equal("42", await kernel.InvokeAsync<string>("Reasoning", "Solve", arguments));
        SolutionContent? content = await kernel.InvokeAsync<SolutionContent>("Reasoning", "Solve", arguments);
        Assert.Equal("42", content!.Answer);
        Assert.Equal(1, content.Confidence);
    }

    [Fact]
    public async Task Solve_TextAndJsonArguments_AreTheSame()
    {
        Kernel kernel = Scripted.KernelOver(Scripted.Solver());
        foreach (object samples in new object[] { "5", JsonSerializer.SerializeToElement(5), JsonSerializer.SerializeToElement("5"), 5L })
        {
            ReasoningResult? result = await kernel.InvokeAsync<ReasoningResult>("Reasoning", "Solve", new() { ["question"] = Scripted.Question, ["strategy"] = "self-consistency", ["samples"] = samples });
            Assert.Equal(5, result!.Candidates.Count);
        }
    }

    [Fact]
    public async Task Solve_InATemplate_IsTheAnswer()
    {
        Kernel kernel = Scripted.KernelOver(Scripted.Solver());
        string text = await new KernelPromptTemplateFactory().Create(new PromptTemplateConfig("It is {{Reasoning.Solve question=$q}}.")).RenderAsync(kernel, new() { ["q"] = Scripted.Question });
        Assert.Equal("It is 42.", text);
    }

    [Fact]
    public async Task Solve_WithoutAnAnswer_IsAResultThatSaysWhy()
    {
        Kernel kernel = Scripted.KernelOver(new ScriptedChatClient(_ => throw new InvalidOperationException("the model is on fire")));
        SolutionContent? content = await kernel.InvokeAsync<SolutionContent>("Reasoning", "Solve", new() { ["question"] = "q", ["strategy"] = "direct" });
        Assert.Null(content!.Answer);
        Assert.Contains("on fire", content.ToString(), StringComparison.Ordinal);
        Assert.Contains("on fire", JsonSerializer.Serialize(content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Solve_ItsJson_IsShortAndForAModel()
    {
        SolutionContent? content = await Scripted.KernelOver(Scripted.Solver()).InvokeAsync<SolutionContent>("Reasoning", "Solve", new() { ["question"] = "q", ["strategy"] = "self-consistency", ["samples"] = 40 });
        string[] forms = [JsonSerializer.Serialize<object>(content!), JsonSerializer.Serialize(content), JsonSerializer.Serialize<KernelContent>(content!)];
        Assert.All(forms, form =>
        {
            using JsonDocument json = JsonDocument.Parse(form);
            JsonElement seen = json.RootElement.GetProperty("Metadata");
            Assert.Equal("42", seen.GetProperty("answer").GetString());
            Assert.Equal(40, seen.GetProperty("votes")[0].GetProperty("votes").GetInt32());
            Assert.Equal("completed", seen.GetProperty("stop_reason").GetString());
            Assert.InRange(form.Length, 50, 400);
        });
    }

    [Fact]
    public async Task Workflow_TakesTheStrategysPlace_HoweverItIsGiven()
    {
        const string document = """{"name":"mine","steps":[{"strategy":"self-consistency","samples":3},{"withBudget":{"calls":2}}]}""";
        Kernel kernel = Scripted.KernelOver(Scripted.Solver());
        foreach (object workflow in new object[] { document, JsonSerializer.Deserialize<JsonElement>(document), System.Text.Json.Nodes.JsonNode.Parse(document)!, Workflows.WorkflowDocument.Parse(document) })
        {
            ReasoningResult? result = await kernel.InvokeAsync<ReasoningResult>("Reasoning", "Solve", new() { ["question"] = "q", ["workflow"] = workflow });
            Assert.Equal("mine", result!.Strategy);
            Assert.Equal(StopReason.BudgetCalls, result.StopReason);
        }
    }

    [Theory]
    [InlineData("strategy", "self-consistancy", "self-consistency")]
    [InlineData("strategy", "telepathy", "zero-shot-cot")]
    [InlineData("question", " ", "'question' must not be blank")]
    [InlineData("samples", 65, "1 to 64")]
    [InlineData("samples", -1, "1 to 64")]
    [InlineData("verifier", "oracle", "llm-judge")]
    [InlineData("temperature", "hot", "0 to 10")]
    [InlineData("temperature", 11, "0 to 10")]
    [InlineData("seed", 1.5, "whole number")]
    [InlineData("budget_calls", 0, "1 to 1000000")]
    [InlineData("budget_tokens", "many", "whole number")]
    [InlineData("budget_seconds", -1, "86400")]
    [InlineData("budget_cost", 1, "prices")]
    [InlineData("roles", "solver", "solver=expert")]
    [InlineData("roles", "{\"solver\":", "solver=expert")]
    [InlineData("roles", "Solver=expert", "selector")]
    [InlineData("workflow", "{\"strategy\":\"self-consistancy\"}", "self-consistency")]
    public async Task BadArgument_IsRefusedByName_WithWhatItMayBe(string name, object value, string said)
    {
        ScriptedChatClient solver = Scripted.Solver();
        var arguments = new KernelArguments { ["question"] = "q", [name] = value };
        if (name is not ("strategy" or "workflow"))
            arguments["strategy"] = "best-of-n";
        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => Scripted.KernelOver(solver).InvokeAsync("Reasoning", "Solve", arguments));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.True(error is FormatException || error.Message.Contains(name, StringComparison.Ordinal), error.Message);
        Assert.Empty(solver.Requests);
    }

    [Theory]
    [InlineData("zero-shot-cot", "samples", 5, "takes no settings")]
    [InlineData("self-consistency", "verifier", "arithmetic", "It takes samples")]
    public async Task SettingThatTheStrategyDoesNotTake_IsRefused(string strategy, string name, object value, string said)
    {
        Exception error = await Assert.ThrowsAsync<ArgumentException>(() => Scripted.KernelOver(Scripted.Solver()).InvokeAsync("Reasoning", "Solve", new() { ["question"] = "q", ["strategy"] = strategy, [name] = value }));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkflowBesideAStrategy_IsRefused() =>
        Assert.Contains("leave strategy", (await Assert.ThrowsAsync<ArgumentException>(() => Scripted.KernelOver(Scripted.Solver()).InvokeAsync("Reasoning", "Solve", new() { ["question"] = "q", ["strategy"] = "direct", ["workflow"] = """{"strategy":"direct"}""" }))).Message, StringComparison.Ordinal);
}
