using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>One call for a step.</summary>
internal sealed record StepRequest(string Role, IReadOnlyList<ChatMessage> Messages, SampleOptions Options);
