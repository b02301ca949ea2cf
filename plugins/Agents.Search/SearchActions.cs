namespace Agents.Search;

/// <summary>Names of actions that the searches themselves use.</summary>
public static class SearchActions
{
    /// <summary>The next step: the only action of searches without a choice of actions.</summary>
    public const string Step = "step";

    /// <summary>The end of a simulation, in paths and trees.</summary>
    public const string Rollout = "rollout";
}
