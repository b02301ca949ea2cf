using Agents.Answers;

namespace Agents.Distillation;

/// <summary>A solution as a model wrote it. Immutable.</summary>
/// <param name="Text">All of it, thinking included.</param>
/// <param name="Answer">Its final answer; null when it states none.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record Trace(string Text, Answer? Answer, Provenance Provenance)
{
    /// <summary>Whether the answer is the known right one; null where none is known or equality cannot be decided.</summary>
    public bool? IsRight { get; init; }

    /// <summary>Its length in tokens of the teacher, where it was recorded.</summary>
    public int? Tokens { get; init; }

    /// <summary>What verified it, with the score: <c>checker</c>, <c>vote</c>, or a verifier's name.</summary>
    public IReadOnlyList<(string By, double Score)> VerifiedBy { get; init; } = [];

    /// <summary>What is known of its first steps, in order; empty where nothing labelled them.</summary>
    public IReadOnlyList<StepEvidence> Steps { get; init; } = [];

    /// <summary>Whether an answer is right: null where no right answer is known or equality cannot be decided, false where there is no answer.</summary>
    public static bool? RightOf(Answer? gold, Answer? answer) => gold is null ? null : answer is null ? false : AnswerEquivalence.Default.Compare(gold, answer) switch
    {
        Equivalence.Equal => true,
        Equivalence.Different => false,
        _ => null,
    };
}
