namespace Agents.Answers;

/// <summary>The outcome of comparing two answers. Three-valued: a comparison that cannot be decided says so.</summary>
public enum Equivalence
{
    /// <summary>Neither equality nor difference could be established within the bounds.</summary>
    Unknown,
    /// <summary>The two answers denote the same value.</summary>
    Equal,
    /// <summary>The two answers denote different values.</summary>
    Different,
}
