using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>Turning reasoning on for any chat client.</summary>
public static class ReasoningExtensions
{
    /// <summary>The strategy used when none is named.</summary>
    public const string DefaultStrategy = "adaptive-consistency";

    /// <summary>The client with every request answered by a strategy: <c>IChatClient better = client.WithReasoning()</c>.</summary>
    /// <param name="client">Plays every role; disposed with the returned client.</param>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="settings">Its settings; null for the defaults.</param>
    /// <param name="options">Seed, limits and prices of every run; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    public static IChatClient WithReasoning(this IChatClient client, string strategy = DefaultStrategy, StrategySettings? settings = null, RunOptions? options = null) =>
        client.WithReasoning(StrategyCatalogue.Create(strategy, settings), options);

    /// <summary>The client with every request answered by a strategy.</summary>
    public static IChatClient WithReasoning(this IChatClient client, IReasoningStrategy strategy, RunOptions? options = null) =>
        new ReasoningChatClient(client, strategy, options);

    /// <summary>A strategy as a function that a model or an agent can call: <c>solve(question)</c>, which returns the <see cref="ReasoningResult"/>.</summary>
    /// <param name="runner">The host.</param>
    /// <param name="strategy">How to reason.</param>
    /// <param name="options">Seed, limits and prices of every run; null for the defaults.</param>
    public static AIFunction AsFunction(this ReasoningRunner runner, IReasoningStrategy strategy, RunOptions? options = null)
    {
        return AIFunctionFactory.Create(SolveAsync, new AIFunctionFactoryOptions
        {
            Name = "solve",
            Description = $"Solves a problem by careful reasoning ({strategy.Description.Idea}) and returns the answer with its votes and confidence.",
            SerializerOptions = ReasoningJson.Readable.Options,
        });

        Task<ReasoningResult> SolveAsync([Description("The problem to solve, complete in itself.")] string question, CancellationToken cancellationToken) =>
            runner.RunAsync(strategy, ReasoningRequest.FromQuestion(question), (options ?? new RunOptions()) with { RunId = Guid.NewGuid().ToString("N") }, cancellationToken: cancellationToken);
    }
}
