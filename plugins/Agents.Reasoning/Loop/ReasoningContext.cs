namespace Agents.Reasoning;

/// <summary>What a strategy has: models, time, randomness, budget.</summary>
public sealed class ReasoningContext
{
    internal ReasoningContext() { }
}
