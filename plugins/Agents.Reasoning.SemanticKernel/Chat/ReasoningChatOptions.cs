namespace Agents.Reasoning.SemanticKernel;

/// <summary>How a chat client reasons.</summary>
public sealed record ReasoningChatOptions
{
    /// <summary>The strategy's settings, its verifier among them; null for its defaults.</summary>
    public StrategySettings? Settings { get; init; }

    /// <summary>Seed, limits and prices of every run; the run id is made anew for each.</summary>
    public RunOptions Run { get; init; } = new();

    /// <summary>Keys of services that play other roles than the solver's. Its <see cref="ReasoningServices.SolverKey"/> is not used: the inner client solves.</summary>
    public ReasoningServices Services { get; init; } = ReasoningServices.Default;
}
