namespace Agents.Evaluation;

/// <summary>The samples of one question, reduced to what curves need.</summary>
/// <param name="Classes">The equivalence class of each sample's answer, numbered by first appearance, −1 without one; (n).</param>
/// <param name="Correct">Whether each sample is right; (n).</param>
public sealed record SampleOutcomes(IReadOnlyList<int> Classes, IReadOnlyList<bool> Correct);
