using System.Text.Json;

namespace Agents.Evaluation;

/// <summary>A question with its right answer and, where they were recorded, samples of a model. Immutable.</summary>
/// <param name="Id">The question's identity, unique in its file.</param>
/// <param name="Question">The question as a model is asked it.</param>
/// <param name="Gold">The right answer as text; a number in the file keeps its digits.</param>
/// <param name="Samples">The recorded samples in file order; empty when the file has none.</param>
public sealed record EvaluationItem(string Id, string Question, string Gold, IReadOnlyList<RecordedSample> Samples)
{
    /// <summary>The line's other fields, kept as they were.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, JsonElement>.Empty;
}
