using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Composition;

/// <summary>Strategies from strategies.</summary>
public static class StrategyComposition
{
    /// <summary>The strategy within limits of its own.</summary>
    public static IReasoningStrategy WithBudget(this IReasoningStrategy strategy, BudgetLimits limits) => new WithBudgetStrategy(strategy, limits);

    /// <summary>The strategy, and a stronger one where its confidence stays below <paramref name="confidence"/>.</summary>
    public static IReasoningStrategy EscalateTo(this IReasoningStrategy strategy, IReasoningStrategy stronger, double confidence = 0.8) => new EscalateToStrategy(strategy, stronger, confidence);

    /// <summary>The strategy, and then another one that sees its solution as a draft.</summary>
    public static IReasoningStrategy Then(this IReasoningStrategy strategy, IReasoningStrategy next) => new ThenStrategy(strategy, next);

    /// <summary>The strategy with its answer judged, and the next one where the verdict rejects it.</summary>
    public static IReasoningStrategy VerifiedBy(this IReasoningStrategy strategy, IVerifier verifier, VerifiedByOptions? options = null) => new VerifiedByStrategy(strategy, verifier, options);

    /// <summary>The strategy's solution as a draft, revised by what a verifier finds in it; the best by verdict is the answer.</summary>
    public static IReasoningStrategy Refine(this IReasoningStrategy strategy, IVerifier verifier, RefineOptions? options = null, PromptCatalogue? prompts = null) =>
        new RefineStrategy((options ?? new()) with { Draft = strategy, Verifier = verifier }, prompts);

    /// <summary>The strategy with some of its roles played by others: <c>WithRoles(("solver", "expert"))</c>.</summary>
    public static IReasoningStrategy WithRoles(this IReasoningStrategy strategy, params IReadOnlyList<(string Role, string Player)> roles) =>
        new WithRolesStrategy(strategy, roles.ToDictionary(r => r.Role, r => r.Player, StringComparer.Ordinal));

    /// <summary>The strategy under a name of its own.</summary>
    public static IReasoningStrategy Named(this IReasoningStrategy strategy, string name, string? idea = null) => new NamedStrategy(strategy, name, idea);
}
