namespace Agents.Reasoning;

/// <summary>A point of an isotonic calibration.</summary>
/// <param name="Score">The verifier's score, 0–1.</param>
/// <param name="Probability">The probability that a candidate of this score is right, 0–1.</param>
public sealed record CalibrationKnot(double Score, double Probability);
