using Agents.Reasoning;

namespace Agents.Hosting.Runs;

/// <summary>A run that is ready to start.</summary>
/// <param name="Label">The strategy's name, for traces and answers.</param>
/// <param name="Strategy">The strategy.</param>
/// <param name="Request">The question.</param>
/// <param name="Options">Identity, seed, limits, prices.</param>
/// <param name="Model">The model.</param>
/// <param name="IsPassThrough">Whether no strategy was asked for: the model's reply is the answer.</param>
public sealed record RunPlan(string Label, IReasoningStrategy Strategy, ReasoningRequest Request, RunOptions Options, ServedModel Model, bool IsPassThrough);
