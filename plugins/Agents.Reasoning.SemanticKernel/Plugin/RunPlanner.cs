using Agents.Reasoning.Composition;
using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>Turns a function's call into a run: its arguments and execution settings, within the plugin's options.</summary>
/// <param name="options">The plugin's options.</param>
/// <param name="roles">The roles that have a model of their own; null where that is not known.</param>
/// <param name="solverKey">The solver's service id, or null.</param>
internal sealed class RunPlanner(ReasoningPluginOptions options, IReadOnlyCollection<string>? roles, string? solverKey)
{
    /// <summary>The run of a strategy on a question.</summary>
    /// <exception cref="ArgumentException">An argument is out of its range; the message names it.</exception>
    public RunPlan Plan(IReasoningStrategy strategy, IReadOnlyList<ChatMessage> messages, KernelArguments? arguments)
    {
        arguments ??= [];
        ChatOptions? chat = ExecutionSettings.Of(arguments, solverKey);
        ReasoningRequest request = ReasoningRequest.FromChat(messages, chat);
        if (ArgumentValues.Number(arguments, ReasoningArguments.Temperature, 0, 10) is { } temperature)
            request = request with { Options = request.Options with { Temperature = temperature } };
        return new RunPlan(Recast(strategy, arguments), request, options.Run with
        {
            RunId = Guid.NewGuid().ToString("N"),
            Seed = ArgumentValues.Integer(arguments, ReasoningArguments.Seed, long.MinValue, long.MaxValue) ?? chat?.Seed ?? options.Run.Seed,
            Limits = Limits(arguments),
        });
    }

    /// <summary>The verifier of this name.</summary>
    /// <exception cref="ArgumentException">There is none, or no model for its role.</exception>
    public IVerifier Verifier(string name)
    {
        if (VerifierCatalogue.Descriptions.All(d => !string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase)))
            throw ArgumentValues.Refused("verifier", "one of " + string.Join(", ", VerifierCatalogue.Descriptions.Select(d => d.Name)), name);
        IVerifier verifier = VerifierCatalogue.Create(name, options.Prompts);
        if (verifier is ProcessVerifier)
            NeedRole(ProcessVerifier.DefaultRole, $"The verifier '{name}'");
        return verifier;
    }

    /// <summary>Refuses what needs a model of its own where it is known that there is none.</summary>
    public void NeedRole(string role, string who)
    {
        if (roles is not null && !roles.Contains(role))
            throw new ArgumentException($"{who} needs a model for the role '{role}': name its service in ReasoningServices.RoleKeys.");
    }

    private IReasoningStrategy Recast(IReasoningStrategy strategy, KernelArguments arguments)
    {
        IReadOnlyList<(string Role, string Player)> recast = ArgumentValues.Pairs(arguments, ReasoningArguments.Roles);
        foreach ((string role, string player) in recast)
        {
            if (!Roles.IsName(role))
                throw ArgumentValues.Refused(ReasoningArguments.Roles, $"roles by name, such as {string.Join(", ", Roles.All)}", role);
            if (roles is not null && player != Roles.Solver && !roles.Contains(player))
                throw ArgumentValues.Refused(ReasoningArguments.Roles, "played by one of " + string.Join(", ", [Roles.Solver, .. roles.Order(StringComparer.Ordinal)]), player);
        }

        return recast.Count == 0 ? strategy : strategy.WithRoles(recast);
    }

    private BudgetLimits Limits(KernelArguments arguments)
    {
        BudgetLimits own = options.Run.Limits;
        long? calls = ArgumentValues.Integer(arguments, ReasoningArguments.BudgetCalls, 1, 1_000_000);
        long? tokens = ArgumentValues.Integer(arguments, ReasoningArguments.BudgetTokens, 1, 1_000_000_000);
        double? seconds = ArgumentValues.Number(arguments, ReasoningArguments.BudgetSeconds, 0.001, 86_400);
        double? cost = ArgumentValues.Number(arguments, ReasoningArguments.BudgetCost, 0, 1_000_000);
        if (cost is not null && options.Run.Prices.Count == 0)
            throw ArgumentValues.Unusable(ReasoningArguments.BudgetCost, $"The argument '{ReasoningArguments.BudgetCost}' needs prices, which ReasoningPluginOptions.Run does not declare.");
        return new BudgetLimits
        {
            Calls = (int?)Least(own.Calls, calls),
            Tokens = Least(own.Tokens, tokens),
            Cost = Least(own.Cost, (decimal?)cost),
            Time = Least(own.Time, seconds is { } s ? TimeSpan.FromSeconds(s) : null),
        };
    }

    private static T? Least<T>(T? own, T? asked)
        where T : struct, IComparable<T> =>
        own is { } a && asked is { } b ? a.CompareTo(b) <= 0 ? a : b : own ?? asked;
}
