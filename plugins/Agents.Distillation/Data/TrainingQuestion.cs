namespace Agents.Distillation;

/// <summary>A question with the traces of its solutions. Immutable.</summary>
/// <param name="Id">Its identity, unique in a data set; it decides the split.</param>
/// <param name="Question">The question as a model is asked it.</param>
/// <param name="Gold">The right answer, or null where it is not known.</param>
/// <param name="Traces">The solutions, in the order of their sampling.</param>
public sealed record TrainingQuestion(string Id, string Question, string? Gold, IReadOnlyList<Trace> Traces)
{
    /// <summary>Traces that a step dropped because their answer is wrong: the other side of pairs.</summary>
    public IReadOnlyList<Trace> Wrong { get; init; } = [];
}
