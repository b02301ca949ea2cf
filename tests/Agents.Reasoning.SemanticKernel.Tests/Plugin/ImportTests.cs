using Agents.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests.Plugin;

public sealed class ImportTests
{
    private static readonly string[] functions = ["ListStrategies", "Plan", "Refine", "Sample", "Solve", "SolveStreaming", "Verify", "Vote"];

    [Fact]
    public Task ByType_TheOneClientOfTheKernelSolves()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatClient>(Scripted.Solver());
        Kernel kernel = builder.Build();
        kernel.ImportPluginFromType<ReasoningPlugin>("Reasoning");
        return SolvesAsync(kernel);
    }

    [Fact]
    public Task ByType_WithKeysFromTheContainer()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("small", Scripted.Solver());
        builder.Services.AddKeyedSingleton<IChatClient>("large", Scripted.Judge());
        builder.Services.AddReasoning(new ReasoningServices { SolverKey = "small" });
        builder.Plugins.AddFromType<ReasoningPlugin>("Reasoning");
        return SolvesAsync(builder.Build());
    }

    [Fact]
    public Task ByObject()
    {
        var kernel = new Kernel();
        kernel.ImportPluginFromObject(new ReasoningPlugin(new ReasoningRunner(new ReasoningModels(Scripted.Solver().AsSampler()))), "Reasoning");
        return SolvesAsync(kernel);
    }

    [Fact]
    public async Task ByExtension_OverServicesAClientAndARunner()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("small", Scripted.Solver());
        Kernel byKey = builder.Build();
        Assert.Equal(functions, byKey.ImportReasoningPlugin(new ReasoningServices { SolverKey = "small" }).Select(f => f.Name).Order(StringComparer.Ordinal));
        await SolvesAsync(byKey);
        await SolvesAsync(Scripted.KernelOver(Scripted.Solver()));
        var byRunner = new Kernel();
        byRunner.ImportReasoningPlugin(new ReasoningRunner(new ReasoningModels(ScriptedSampler.FromTexts("<answer>42</answer>"))));
        await SolvesAsync(byRunner);
    }

    [Fact]
    public Task ByTheBuildersPlugins()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Plugins.AddReasoning(new ReasoningServices { SolverKey = "small", JudgeKey = "large" });
        // Registered later: what is meant is looked up when the kernel is built.
        builder.Services.AddKeyedSingleton<IChatClient>("small", Scripted.Solver());
        builder.Services.AddKeyedSingleton<IChatClient>("large", Scripted.Judge());
        return SolvesAsync(builder.Build());
    }

    [Fact]
    public async Task ByAContainer_WhoseKernelIsAService()
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton<IChatClient>("small", Scripted.Solver());
        services.AddKeyedSingleton<IChatClient>("large", Scripted.Judge());
        services.AddKernel().Plugins.AddReasoning(new ReasoningServices { SolverKey = "small" });
        await using ServiceProvider provider = services.BuildServiceProvider();
        await SolvesAsync(provider.GetRequiredService<Kernel>());
    }

    [Fact]
    public void Options_OutOfRange_AreRefusedWhenImporting()
    {
        Assert.Contains("MaxSamples", Assert.Throws<ArgumentOutOfRangeException>(() => new Kernel().ImportReasoningPlugin(Scripted.Solver(), new ReasoningPluginOptions { MaxSamples = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("self-consistency", Assert.Throws<ArgumentException>(() => new Kernel().ImportReasoningPlugin(Scripted.Solver(), new ReasoningPluginOptions { Strategy = "self-consistancy" })).Message, StringComparison.Ordinal);
    }

    private static async Task SolvesAsync(Kernel kernel)
    {
        ReasoningResult? result = await kernel.InvokeAsync<ReasoningResult>("Reasoning", "Solve", new() { ["question"] = Scripted.Question, ["strategy"] = "self-consistency", ["samples"] = 3 });
        Assert.Equal("42", result!.Answer!.Text);
        Assert.Equal(3, result.Usage.ModelCalls);
    }
}
