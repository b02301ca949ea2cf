namespace Agents.Reasoning.Strategies;

/// <summary>The roles that models play.</summary>
public static class Roles
{
    /// <summary>Writes solutions.</summary>
    public const string Solver = "solver";

    /// <summary>Chooses among solutions.</summary>
    public const string Selector = "selector";

    /// <summary>Judges solutions or steps.</summary>
    public const string Judge = "judge";
}
