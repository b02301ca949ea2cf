namespace Agents.Distillation;

/// <summary>What became of the traces of one stage.</summary>
/// <param name="Name">The stage; empty for the only one of its recipe.</param>
/// <param name="Parts">Its parts.</param>
/// <param name="Files">The files written with their rows, by path from the recipe's folder.</param>
public sealed record StageReport(string Name, IReadOnlyList<PartReport> Parts, IReadOnlyDictionary<string, int> Files);
