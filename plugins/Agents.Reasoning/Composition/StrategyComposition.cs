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
}
