using Agents.Testing;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests;

public sealed class ReasoningPluginTests
{
    private static Kernel KernelWithReasoning()
    {
        var kernel = new Kernel();
        kernel.ImportReasoningPlugin(new ReasoningRunner(new CallModel(new NoisyModel(right: 1, failEvery: 0).Answer).Models));
        return kernel;
    }

    [Fact]
    public async Task Solve_ReturnsTheTypedResult()
    {
        ReasoningResult? result = await KernelWithReasoning().InvokeAsync<ReasoningResult>("Reasoning", "Solve", new() { ["question"] = "What is six times seven?", ["strategy"] = "self-consistency", ["samples"] = 5 });
        Assert.Equal(NoisyModel.Right, result!.Answer!.Text);
        Assert.Equal(5, result.Candidates.Count);
    }

    [Fact]
    public async Task ListStrategies_NamesThemAll()
    {
        var strategies = await KernelWithReasoning().InvokeAsync<IReadOnlyList<StrategyDescription>>("Reasoning", "ListStrategies");
        Assert.Equal(StrategyCatalogue.Descriptions.Count, strategies!.Count);
    }

    [Fact]
    public void Functions_AreDescribedForAutomaticChoice()
    {
        KernelFunction solve = KernelWithReasoning().Plugins["Reasoning"]["Solve"];
        Assert.False(string.IsNullOrEmpty(solve.Description));
        Assert.Equal(["question", "strategy", "samples"], solve.Metadata.Parameters.Select(p => p.Name));
        Assert.All(solve.Metadata.Parameters, p => Assert.False(string.IsNullOrEmpty(p.Description)));
    }

    [Fact]
    public async Task UnknownStrategy_IsRefusedByName() =>
        Assert.Contains("self-consistency", (await Assert.ThrowsAsync<ArgumentException>(() =>
            KernelWithReasoning().InvokeAsync("Reasoning", "Solve", new() { ["question"] = "q", ["strategy"] = "self-consistancy" }))).Message, StringComparison.Ordinal);
}
