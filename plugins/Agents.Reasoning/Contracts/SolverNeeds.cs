namespace Agents.Reasoning;

/// <summary>What a strategy cannot do without: capabilities of the solver's model.</summary>
[Flags]
public enum SolverNeeds
{
    /// <summary>Nothing but texts.</summary>
    None = 0,

    /// <summary>Token log-probabilities.</summary>
    LogProbabilities = 1,

    /// <summary>Continuing a partial assistant turn.</summary>
    ContinuedTurns = 2,
}
