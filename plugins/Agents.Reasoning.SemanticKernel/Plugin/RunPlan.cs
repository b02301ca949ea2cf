namespace Agents.Reasoning.SemanticKernel;

/// <summary>A run that is ready to start.</summary>
internal sealed record RunPlan(IReasoningStrategy Strategy, ReasoningRequest Request, RunOptions Options);
