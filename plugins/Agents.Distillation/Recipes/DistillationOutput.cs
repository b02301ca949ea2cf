namespace Agents.Distillation;

/// <summary>A file that a recipe writes.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Name">Its name without ending; the split is put before the ending: <c>NAME.train.jsonl</c>.</param>
public sealed record DistillationOutput(TrainingFormat Format, string Name);
