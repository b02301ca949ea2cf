using Agents.Reasoning.Strategies;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// Which registered chat service plays which role, by its key (Semantic Kernel's service id). Both kinds of registration count,
/// <see cref="IChatClient"/> and <c>IChatCompletionService</c>; of two under one key the chat client is taken. Nothing is ever
/// "the last one registered": where no key is named and more than one service could be meant, that is an error which names the keys.
/// </summary>
public sealed record ReasoningServices
{
    /// <summary>No keys: the one service that there is plays every role.</summary>
    public static ReasoningServices Default { get; } = new();

    /// <summary>The key of the service that writes solutions and plays every role without a key of its own; null for the one registered without a key, or the only one.</summary>
    public string? SolverKey { get; init; }

    /// <summary>The key of the service that judges; null for the solver's.</summary>
    public string? JudgeKey { get; init; }

    /// <summary>Keys of the services that play further roles, by the role, such as <c>selector</c>, <c>expert</c> or <c>process</c>.</summary>
    public IReadOnlyDictionary<string, string> RoleKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>The models of the roles.</summary>
    /// <param name="services">Where the services are registered, such as <c>kernel.Services</c>.</param>
    /// <exception cref="ArgumentException">A name is no role's, there is no service under a key, or without one it is not clear which is meant; the message names the keys there are.</exception>
    public ReasoningModels Resolve(IServiceProvider services) => Over(ChatServices.Resolve(services, SolverKey, nameof(SolverKey)), services);

    /// <summary>The models of the roles over a solver that is given.</summary>
    internal ReasoningModels Over(IChatClient solver, IServiceProvider services)
    {
        var models = new ReasoningModels(solver.AsSampler());
        if (JudgeKey is { } judge)
            models = models.With(Roles.Judge, ChatServices.Resolve(services, judge, nameof(JudgeKey)).AsSampler());
        foreach ((string role, string key) in RoleKeys)
        {
            if (!Roles.IsName(role))
                throw new ArgumentException($"RoleKeys: '{role}' is no role's name.");
            if (role == Roles.Judge && JudgeKey is not null && JudgeKey != key)
                throw new ArgumentException($"RoleKeys: the role '{role}' has the key '{key}' here and '{JudgeKey}' in {nameof(JudgeKey)}.");
            models = models.With(role, ChatServices.Resolve(services, key, $"RoleKeys[{role}]").AsSampler());
        }

        return models;
    }
}
