namespace Agents.Answers;

/// <summary>An answer with where and how it was found.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Start">The index in the model text of the first character the answer was taken from.</param>
/// <param name="Length">The number of characters it was taken from.</param>
/// <param name="Rule">The rule that matched.</param>
public readonly record struct ExtractedAnswer(Answer Answer, int Start, int Length, ExtractionRule Rule);
