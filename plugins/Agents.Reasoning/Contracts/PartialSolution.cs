using Agents.Answers;

namespace Agents.Reasoning;

/// <summary>A solution as far as it is written: what a step verifier judges.</summary>
/// <param name="Steps">The steps in order without their tags, the judged one last; at least one.</param>
/// <param name="Text">The same as a model writes it, tags included, without the question.</param>
/// <param name="Last">The call that wrote the last step, with that step's token log-probabilities where it has any.</param>
/// <param name="IsComplete">Whether the solution ends with the last step.</param>
/// <param name="Answer">The final answer, or null: the solution goes on, or states none.</param>
public sealed record PartialSolution(IReadOnlyList<string> Steps, string Text, Sample Last, bool IsComplete, Answer? Answer);
