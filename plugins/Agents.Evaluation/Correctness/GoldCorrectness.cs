using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// Right means equivalent to the gold answer. Where that cannot be decided (an expression to be judged by other rules than
/// equality), what was recorded for a candidate with the same answer decides, where anything was.
/// </summary>
/// <param name="equivalence">When two answers are the same; null for the default conventions.</param>
public sealed class GoldCorrectness(AnswerEquivalence? equivalence = null) : ICorrectness
{
    private readonly AnswerEquivalence equivalence = equivalence ?? AnswerEquivalence.Default;

    /// <inheritdoc/>
    public string Description => "right means equivalent to the gold answer; where that is undecidable, the recorded flag of a candidate with the same answer decides";

    /// <inheritdoc/>
    public bool? Judge(EvaluationItem item, ReasoningResult result) =>
        result.Answer is not { } answer ? false : Compare(item, answer) ?? RecordedCorrectness.FlagOf(result);

    /// <inheritdoc/>
    public bool? Judge(EvaluationItem item, Candidate candidate) =>
        candidate.Answer is not { } answer ? false : Compare(item, answer) ?? RecordedCorrectness.FlagOf(candidate);

    internal bool? Compare(EvaluationItem item, Answer answer) => equivalence.Compare(Answer.Parse(item.Gold), answer) switch
    {
        Equivalence.Equal => true,
        Equivalence.Different => false,
        _ => null,
    };
}
