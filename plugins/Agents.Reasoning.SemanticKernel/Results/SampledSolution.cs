namespace Agents.Reasoning.SemanticKernel;

/// <summary>One of several solutions drawn independently.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Text">The text; empty when the call failed.</param>
/// <param name="Answer">The answer it states, or null.</param>
/// <param name="Error">Why the call failed, or null.</param>
public sealed record SampledSolution(int Index, string Text, string? Answer, string? Error);
