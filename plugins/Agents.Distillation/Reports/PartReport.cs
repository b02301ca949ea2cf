namespace Agents.Distillation;

/// <summary>What became of the traces of one part.</summary>
/// <param name="Name">The part; empty for the only one of its stage.</param>
/// <param name="Source">Where its traces came from.</param>
/// <param name="Questions">Questions that came in.</param>
/// <param name="QuestionsKept">Questions with at least one trace left.</param>
/// <param name="In">Traces that came in.</param>
/// <param name="Steps">The steps in order; the last is the mixture, where it left something out.</param>
public sealed record PartReport(string Name, string Source, int Questions, int QuestionsKept, int In, IReadOnlyList<StepReport> Steps)
{
    /// <summary>The thresholds that were fitted, with the verifiers they are of.</summary>
    public IReadOnlyList<(FittedVerifier Fit, PrecisionThreshold Threshold)> Fitted { get; init; } = [];

    /// <summary>Traces that stayed.</summary>
    public int Kept => Steps.Count == 0 ? In : Steps[^1].Kept;
}
