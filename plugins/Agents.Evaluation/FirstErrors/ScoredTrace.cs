namespace Agents.Evaluation;

/// <summary>A labelled solution with the scores of its steps.</summary>
/// <param name="Trace">The solution.</param>
/// <param name="Scores">Its scores in the order of the steps; null where the verifier abstained.</param>
internal sealed record ScoredTrace(LabelledTrace Trace, IReadOnlyList<double?> Scores);
