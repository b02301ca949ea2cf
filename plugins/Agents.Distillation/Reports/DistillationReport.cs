namespace Agents.Distillation;

/// <summary>What became of the traces.</summary>
/// <param name="Questions">Questions that came in.</param>
/// <param name="QuestionsKept">Questions with at least one trace left.</param>
/// <param name="Stages">The steps in order.</param>
/// <param name="Files">The files written with their rows, by name.</param>
public sealed record DistillationReport(int Questions, int QuestionsKept, IReadOnlyList<StageReport> Stages, IReadOnlyDictionary<string, int> Files)
{
    /// <summary>Traces that came in.</summary>
    public int In => Stages.Count == 0 ? 0 : Stages[0].In;

    /// <summary>Traces that stayed.</summary>
    public int Kept => Stages.Count == 0 ? 0 : Stages[^1].Kept;
}
