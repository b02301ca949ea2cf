namespace Agents.Reasoning;

/// <summary>Which role plays in place of another, in a part of a run.</summary>
internal sealed class RoleNames
{
    private readonly IReadOnlyDictionary<string, string> renamed;

    private RoleNames(IReadOnlyDictionary<string, string> renamed) => this.renamed = renamed;

    /// <summary>Every role plays itself.</summary>
    public static RoleNames AsTheyAre { get; } = new(new Dictionary<string, string>());

    /// <summary>The role that plays.</summary>
    public string Of(string role) => renamed.GetValueOrDefault(role, role);

    /// <summary>The names of a part within this one: its own apply first, then these to what they gave.</summary>
    public RoleNames Within(IReadOnlyDictionary<string, string> inner)
    {
        var all = new Dictionary<string, string>(renamed, StringComparer.Ordinal);
        foreach ((string role, string player) in inner)
            all[role] = Of(player);
        return new RoleNames(all);
    }
}
