namespace Agents.Search.Mcts;

/// <summary>How a trial chooses its way down.</summary>
public enum TreePolicy
{
    /// <summary>Q + c·√(ln N / n), every action tried once first (Kocsis and Szepesvári 2006).</summary>
    Uct,

    /// <summary>Q + c·P·√N / (1 + n), actions not tried yet valued at <see cref="MctsOptions.FirstPlayUrgency"/> (Rosin 2011; Silver et al. 2017).</summary>
    Puct,
}
