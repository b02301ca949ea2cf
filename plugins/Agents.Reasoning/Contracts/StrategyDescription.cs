namespace Agents.Reasoning;

/// <summary>What a strategy is, for people and for tools that choose one.</summary>
/// <param name="Name">The name by which it is asked for, such as <c>self-consistency</c>.</param>
/// <param name="Idea">One sentence.</param>
/// <param name="Calls">Model calls as a formula of the options, such as <c>N + 1</c>.</param>
/// <param name="CriticalPath">Sequential calls as a formula, such as <c>2</c>.</param>
/// <param name="Source">Authors, year, arXiv id.</param>
public sealed record StrategyDescription(string Name, string Idea, string Calls, string CriticalPath, string Source)
{
    /// <summary>What the solver's model must be able to do; a run on another is refused before its first call. Default: nothing.</summary>
    public SolverNeeds Needs { get; init; }

    /// <summary>Why the strategy cannot run on a model, and what can; null when it can.</summary>
    /// <param name="can">What the solver's model declares.</param>
    public string? RefusalOf(SamplerCapabilities can)
    {
        ArgumentNullException.ThrowIfNull(can);
        string[] missing =
        [
            .. Needs.HasFlag(SolverNeeds.LogProbabilities) && !can.LogProbabilities ? ["gives token log-probabilities"] : Array.Empty<string>(),
            .. Needs.HasFlag(SolverNeeds.ContinuedTurns) && !can.ContinueAssistant ? ["continues a partial assistant turn"] : Array.Empty<string>(),
        ];
        return missing.Length == 0 ? null
            : $"{Name} needs a model that {string.Join(" and ", missing)}; the solver's does not declare it. With this model self-consistency, adaptive-consistency and verified-consistency work; the embedded model, and servers of open models that declare it, can do {(missing.Length == 1 ? "it" : "both")}.";
    }
}
