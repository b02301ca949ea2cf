using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// The recorded <c>correct</c> flag decides where the answer is, word for word, the one that the flag was recorded with;
/// equivalence with the gold answer decides elsewhere. The rule for replay, with recorded and with extracted answers: whoever
/// recorded the flag knew the task's own test. In the Game of 24 that is "uses each number once and makes 24"; compared with
/// the gold answer "24", any expression of that value would pass.
/// </summary>
/// <param name="equivalence">When two answers are the same, for the rest; null for the default conventions.</param>
public sealed class RecordedCorrectness(AnswerEquivalence? equivalence = null) : ICorrectness
{
    private readonly GoldCorrectness gold = new(equivalence);

    /// <inheritdoc/>
    public string Description => "the recorded flag decides where the answer is, word for word, the one recorded with it; elsewhere right means equivalent to the gold answer";

    /// <inheritdoc/>
    public bool? Judge(EvaluationItem item, ReasoningResult result) =>
        result.Answer is not { } answer ? false : FlagOf(result) ?? gold.Compare(item, answer);

    /// <inheritdoc/>
    public bool? Judge(EvaluationItem item, Candidate candidate) =>
        FlagOf(candidate) ?? (candidate.Answer is { } answer ? gold.Compare(item, answer) : false);

    /// <summary>The flag of a candidate whose answer is the recorded one (or that, like the record, has none); else null.</summary>
    internal static bool? FlagOf(Candidate candidate)
    {
        IReadOnlyDictionary<string, string> metadata = candidate.Sample.Outcome.Metadata;
        return metadata.TryGetValue(ReplaySampler.CorrectMetadataName, out string? flag)
            && metadata.GetValueOrDefault(RecordedAnswerExtractor.MetadataName)?.Trim() == candidate.Answer?.Text
            ? flag == "true"
            : null;
    }

    /// <summary>The flag of the candidate that states the result's answer word for word: the selected one, else the first with a flag.</summary>
    internal static bool? FlagOf(ReasoningResult result) =>
        new[] { result.Selected }.Concat(result.Candidates)
            .Where(c => c?.Answer is not null && c.Answer.Text == result.Answer?.Text)
            .Select(c => FlagOf(c!))
            .FirstOrDefault(flag => flag is not null);
}
