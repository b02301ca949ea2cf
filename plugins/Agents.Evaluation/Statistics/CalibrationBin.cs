namespace Agents.Evaluation;

/// <summary>The answers whose confidence falls into one bin.</summary>
/// <param name="Low">The bin's lower end.</param>
/// <param name="High">The bin's upper end, inclusive only in the last bin.</param>
/// <param name="Count">The answers in it.</param>
/// <param name="Confidence">Their mean confidence, 0–1; 0 when empty.</param>
/// <param name="Accuracy">The share that is right, 0–1; 0 when empty.</param>
public sealed record CalibrationBin(double Low, double High, int Count, double Confidence, double Accuracy);
