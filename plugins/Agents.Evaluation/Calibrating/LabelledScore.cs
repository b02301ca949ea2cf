namespace Agents.Evaluation;

/// <summary>A verifier's score of a candidate that is known to be right or wrong.</summary>
/// <param name="Question">The question's id: candidates of one question are not independent and stay in one fold.</param>
/// <param name="Score">The score, 0–1.</param>
/// <param name="Correct">Whether the candidate is right.</param>
public sealed record LabelledScore(string Question, double Score, bool Correct);
