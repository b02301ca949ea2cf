namespace Agents.Reasoning;

/// <summary>What a strategy is, for people and for tools that choose one.</summary>
/// <param name="Name">The name by which it is asked for, such as <c>self-consistency</c>.</param>
/// <param name="Idea">One sentence.</param>
/// <param name="Calls">Model calls as a formula of the options, such as <c>N + 1</c>.</param>
/// <param name="CriticalPath">Sequential calls as a formula, such as <c>2</c>.</param>
/// <param name="Source">Authors, year, arXiv id.</param>
public sealed record StrategyDescription(string Name, string Idea, string Calls, string CriticalPath, string Source);
