using System.Globalization;

namespace Agents.Reasoning.Composition;

/// <summary>A strategy within limits of its own, besides those of the run. Running out gives the best so far.</summary>
/// <param name="inner">The strategy.</param>
/// <param name="limits">Its limits.</param>
public sealed class WithBudgetStrategy(IReasoningStrategy inner, BudgetLimits limits) : IReasoningStrategy
{
    /// <inheritdoc/>
    public StrategyDescription Description => inner.Description;

    /// <inheritdoc/>
    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"budget({limits.Calls}|{limits.Tokens}|{limits.Cost}|{limits.Time?.Ticks}|{inner.Fingerprint})");

    /// <inheritdoc/>
    public Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request) => inner.RunAsync(context.Within(limits), request);
}
