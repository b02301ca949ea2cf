namespace Agents.Distillation;

/// <summary>What became of the traces.</summary>
/// <param name="Stages">The stages in order.</param>
public sealed record DistillationReport(IReadOnlyList<StageReport> Stages)
{
    /// <summary>Questions that came in, over all parts; one that several parts read counts for each.</summary>
    public int Questions => Parts.Sum(p => p.Questions);

    /// <summary>Questions with at least one trace left.</summary>
    public int QuestionsKept => Parts.Sum(p => p.QuestionsKept);

    /// <summary>Traces that came in.</summary>
    public int In => Parts.Sum(p => p.In);

    /// <summary>Traces that stayed.</summary>
    public int Kept => Parts.Sum(p => p.Kept);

    /// <summary>The files written with their rows, by path from the recipe's folder.</summary>
    public IReadOnlyDictionary<string, int> Files => Stages.SelectMany(s => s.Files).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    private IEnumerable<PartReport> Parts => Stages.SelectMany(s => s.Parts);
}
