namespace Agents.Evaluation;

/// <summary>How good a simulated verifier is.</summary>
/// <param name="Auc">P(a right sample scores above a wrong one), 0.5 (knows nothing) to below 1.</param>
/// <param name="NoiseCorrelation">ρ: the share of the noise's variance that samples with the same answer have in common, 0–1.</param>
public sealed record VerifierQuality(double Auc, double NoiseCorrelation);
