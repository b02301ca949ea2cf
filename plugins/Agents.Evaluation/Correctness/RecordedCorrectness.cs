using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// The recorded <c>correct</c> flag of the candidate that states the answer decides; equivalence with the gold answer where
/// nothing was recorded. The rule for recorded answers: whoever recorded them knew the task's own test (in the Game of 24,
/// "uses each number once", which no comparison with the gold "24" can see).
/// </summary>
/// <param name="equivalence">When two answers are the same, for the fallback; null for the default conventions.</param>
public sealed class RecordedCorrectness(AnswerEquivalence? equivalence = null) : ICorrectness
{
    private readonly GoldCorrectness gold = new(equivalence);

    /// <inheritdoc/>
    public string Description => "the recorded flag of the candidate that states the answer decides; without one, right means equivalent to the gold answer";

    /// <inheritdoc/>
    public bool? Judge(EvaluationItem item, ReasoningResult result) =>
        result.Answer is not { } answer ? false : FlagOf(result) ?? gold.Compare(item, answer);

    /// <inheritdoc/>
    public bool? Judge(EvaluationItem item, Candidate candidate) =>
        FlagOf(candidate) ?? (candidate.Answer is { } answer ? gold.Compare(item, answer) : false);

    /// <summary>The flag recorded with a candidate, or null.</summary>
    internal static bool? FlagOf(Candidate candidate) =>
        candidate.Sample.Outcome.Metadata.TryGetValue(ReplaySampler.CorrectMetadataName, out string? flag) ? flag == "true" : null;

    /// <summary>The flag of the candidate that states the result's answer word for word: the selected one, else the first.</summary>
    internal static bool? FlagOf(ReasoningResult result) =>
        new[] { result.Selected }.Concat(result.Candidates)
            .Where(c => c?.Answer is not null && c.Answer.Text == result.Answer?.Text)
            .Select(c => FlagOf(c!))
            .FirstOrDefault(flag => flag is not null);
}
