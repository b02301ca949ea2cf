using System.ComponentModel;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// The functions of the plugin <c>Reasoning</c>: plain methods with descriptions that a model can choose by. Thread-safe.
/// </summary>
/// <param name="runner">The host; its models are explicit, never "the last service registered".</param>
/// <param name="options">Seed, limits and prices of every run; the run id is made anew for each. Null for the defaults.</param>
public sealed class ReasoningPlugin(ReasoningRunner runner, RunOptions? options = null)
{
    /// <summary>Solves a problem with a strategy.</summary>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    [KernelFunction("Solve")]
    [Description("Solves a problem that needs careful reasoning and returns the answer with its votes and confidence.")]
    public Task<ReasoningResult> SolveAsync(
        [Description("The problem, complete in itself.")] string question,
        [Description("How to reason: adaptive-consistency (default), self-consistency, zero-shot-cot, supervised-cot, …")] string strategy = ReasoningExtensions.DefaultStrategy,
        [Description("The most samples to draw; 0 for the strategy's own number.")] int samples = 0,
        CancellationToken cancellationToken = default) =>
        runner.RunAsync(
            StrategyCatalogue.Create(strategy, new StrategySettings { Samples = samples > 0 ? samples : null }),
            ReasoningRequest.FromQuestion(question),
            NewRun(),
            cancellationToken: cancellationToken);

    /// <summary>The strategies there are.</summary>
    [KernelFunction("ListStrategies")]
    [Description("Lists the reasoning strategies with their cost in model calls.")]
    public static IReadOnlyList<StrategyDescription> ListStrategies() => StrategyCatalogue.Descriptions;

    private RunOptions NewRun() => (options ?? new RunOptions()) with { RunId = Guid.NewGuid().ToString("N") };
}
