using Agents.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests.Plugin;

public sealed class OverrideTests
{
    [Fact]
    public async Task TemperatureAndSeed_ReachTheModel()
    {
        ScriptedChatClient solver = Scripted.Solver();
        Kernel kernel = Scripted.KernelOver(solver);
        for (int i = 0; i < 2; i++)
            await kernel.InvokeAsync("Reasoning", "Solve", new() { ["question"] = "q", ["strategy"] = "self-consistency", ["samples"] = 2, ["temperature"] = "0.25", ["seed"] = 7 + i });
        Assert.All(solver.Requests, r => Assert.Equal(0.25f, r.Options!.Temperature));
        Assert.Equal(4, solver.Requests.Select(r => r.Options!.Seed).Distinct().Count());
    }

    [Fact]
    public async Task ExecutionSettings_AreMapped_AndNamedArgumentsComeFirst()
    {
        ScriptedChatClient solver = Scripted.Solver();
        var settings = new PromptExecutionSettings
        {
            FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(),
            ExtensionData = new Dictionary<string, object>
            {
                ["temperature"] = 0.9, ["top_p"] = 0.5, ["top_k"] = 11, ["max_tokens"] = 77, ["stop_sequences"] = new[] { "END" },
                ["frequency_penalty"] = 0.5, ["seed"] = 5, ["logit_bias_name"] = "x",
            },
        };
        await Scripted.KernelOver(solver).InvokeAsync("Reasoning", "Solve", new KernelArguments(settings) { ["question"] = "q", ["strategy"] = "self-consistency", ["samples"] = 1, ["temperature"] = 0.1 });
        ChatOptions options = solver.Requests.Single().Options!;
        Assert.Equal(0.1f, options.Temperature);
        Assert.Equal(0.5f, options.TopP);
        Assert.Equal(11, options.TopK);
        Assert.Equal(77, options.MaxOutputTokens);
        Assert.Equal(["END"], options.StopSequences!);
        Assert.Equal(0.5f, options.FrequencyPenalty);
        Assert.Equal("x", options.AdditionalProperties!["logit_bias_name"]!.ToString());
        // What may be called is for the model that called the function; a strategy's own calls have no tools.
        Assert.Null(options.Tools);
    }

    [Fact]
    public async Task ExecutionSettings_OfTheSolversServiceComeBeforeTheDefault()
    {
        ScriptedChatClient solver = Scripted.Solver();
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("small", solver);
        builder.Plugins.AddReasoning(new ReasoningServices { SolverKey = "small" });
        var arguments = new KernelArguments([Setting("small", 0.2), Setting(PromptExecutionSettings.DefaultServiceId, 0.8)]) { ["question"] = "q", ["strategy"] = "direct" };
        await builder.Build().InvokeAsync("Reasoning", "Solve", arguments);
        Assert.Equal(0.2f, solver.Requests.Single().Options!.Temperature);

        static PromptExecutionSettings Setting(string service, double temperature) => new() { ServiceId = service, ExtensionData = new Dictionary<string, object> { ["temperature"] = temperature } };
    }

    [Fact]
    public async Task Budget_OfACallLowersThePluginsAndNeverRaisesIt()
    {
        foreach ((int calls, int expected) in new[] { (3, 3), (100, 5) })
        {
            var kernel = new Kernel();
            kernel.ImportReasoningPlugin(Scripted.Solver(), new ReasoningPluginOptions { Run = new RunOptions { Limits = new() { Calls = 5 } } });
            ReasoningResult? result = await kernel.InvokeAsync<ReasoningResult>("Reasoning", "Solve", new() { ["question"] = "q", ["strategy"] = "self-consistency", ["samples"] = 20, ["budget_calls"] = calls });
            Assert.Equal(expected, result!.Usage.ModelCalls);
            Assert.Equal(StopReason.BudgetCalls, result.StopReason);
        }
    }

    [Fact]
    public async Task Roles_AreRecastAmongThoseConfigured()
    {
        ScriptedChatClient small = Scripted.Solver("41"), large = Scripted.Solver("42");
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("small", small);
        builder.Services.AddKeyedSingleton<IChatClient>("large", large);
        builder.Plugins.AddReasoning(new ReasoningServices { SolverKey = "small", RoleKeys = new Dictionary<string, string> { ["expert"] = "large" } });
        Kernel kernel = builder.Build();
        foreach (object roles in new object[] { "solver=expert", """{"solver":"expert"}""", new Dictionary<string, string> { ["solver"] = "expert" } })
            Assert.Equal("42", await kernel.InvokeAsync<string>("Reasoning", "Solve", new() { ["question"] = "q", ["strategy"] = "direct", ["roles"] = roles }));
        Assert.Empty(small.Requests);
        Assert.Contains("solver, expert", (await Assert.ThrowsAsync<ArgumentException>(() => kernel.InvokeAsync("Reasoning", "Solve", new() { ["question"] = "q", ["roles"] = "solver=large" }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifierThatNeedsAModelOfItsOwn_IsRefusedWithoutOne()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatClient>(Scripted.Solver());
        builder.Plugins.AddReasoning();
        Assert.Contains("'process'", (await Assert.ThrowsAsync<ArgumentException>(() => builder.Build().InvokeAsync("Reasoning", "Solve", new() { ["question"] = "q", ["strategy"] = "best-of-n", ["verifier"] = "process" }))).Message, StringComparison.Ordinal);
    }
}
