namespace Agents.Reasoning.Strategies;

/// <summary>Whether the solver's model can do what a strategy needs. Asked before the first call, so that a run that cannot work costs nothing.</summary>
internal static class SolverCapabilities
{
    /// <summary>Refuses a run that could not work.</summary>
    /// <param name="context">Where the solver would be asked.</param>
    /// <param name="strategy">The strategy, with what it needs.</param>
    /// <exception cref="ArgumentException">The model does not declare what is needed; the message names it, and what does work.</exception>
    public static void Require(ReasoningContext context, StrategyDescription strategy)
    {
        if (strategy.RefusalOf(context.Capabilities(Roles.Solver)) is { } refusal)
            throw new ArgumentException(refusal);
    }
}
