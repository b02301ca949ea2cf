using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>A strategy under evaluation.</summary>
/// <param name="Name">Its name in the results, unique in the plan; two settings of one strategy need two names.</param>
/// <param name="Strategy">The strategy.</param>
public sealed record EvaluatedStrategy(string Name, IReasoningStrategy Strategy)
{
    /// <summary>A strategy under its own name.</summary>
    public EvaluatedStrategy(IReasoningStrategy strategy) : this(strategy.Description.Name, strategy) { }
}
