namespace Agents.Architecture.Tests.Edges;

/// <summary>What a project may reference: names of assemblies and packages, a trailing star standing for any ending.</summary>
internal sealed record EdgeRule(string Project, params string[] May)
{
    /// <summary>What it may not reference although it is part of .NET.</summary>
    public string[] Never { get; init; } = [];

    public bool Allows(string name) => May.Any(pattern => Matches(pattern, name));

    public bool Forbids(string name) => Never.Any(pattern => Matches(pattern, name));

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
