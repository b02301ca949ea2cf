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

    /// <summary>Writes one solution from several.</summary>
    public const string Aggregator = "aggregator";

    /// <summary>Solves what the solver is not sure of: a larger, dearer model.</summary>
    public const string Expert = "expert";

    /// <summary>Says after every step of a solution whether it is right so far.</summary>
    public const string Process = Verifiers.ProcessVerifier.DefaultRole;

    /// <summary>Completes solutions of others from their first steps, so that agreement tells something: best another model than the solver's.</summary>
    public const string Discriminator = "discriminator";

    /// <summary>The roles that the shipped strategies ask by default.</summary>
    public static IReadOnlyList<string> All { get; } = [Solver, Selector, Judge, Aggregator, Expert, Process, Discriminator];

    /// <summary>Whether this can be a role's name: a lower-case letter, then at most 39 letters, digits and hyphens.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 40 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
