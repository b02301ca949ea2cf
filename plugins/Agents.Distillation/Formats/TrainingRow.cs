using System.Text.Json.Nodes;

namespace Agents.Distillation;

/// <summary>A row of training data.</summary>
/// <param name="Json">The row as the trainer reads it.</param>
/// <param name="Traces">The traces it was made of; their provenance stands in a file beside the rows, since trainers refuse fields they do not know.</param>
public sealed record TrainingRow(JsonObject Json, IReadOnlyList<Trace> Traces);
