namespace Agents.Reasoning.Verifiers;

/// <summary>Options of <see cref="ProcessVerifier"/>.</summary>
public sealed class ProcessVerifierOptions
{
    /// <summary>The role of the process model.</summary>
    public string Role { get; init; } = ProcessVerifier.DefaultRole;

    /// <summary>How step scores become the solution's.</summary>
    public StepAggregation Aggregation { get; init; } = StepAggregation.Last;

    /// <summary>The most steps scored, 1–1,000; of a longer solution the first ones but one, and the end.</summary>
    public int MaxSteps { get; init; } = 64;
}
