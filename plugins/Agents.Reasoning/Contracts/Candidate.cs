using Agents.Answers;

namespace Agents.Reasoning;

/// <summary>A possible solution: a sample, the answer it states, and what verifiers said of it.</summary>
/// <param name="Index">The candidate's index in its run, from 0; ties go to the lowest.</param>
/// <param name="Sample">The sample.</param>
/// <param name="Answer">The final answer, or null: the sample states none and abstains.</param>
public sealed record Candidate(int Index, Sample Sample, Answer? Answer)
{
    /// <summary>The verdicts so far, in the order of the verifiers.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];
}
