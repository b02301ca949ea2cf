using Agents.Testing.StrategyScan;

namespace Agents.Architecture.Tests.Edges;

/// <summary>Libraries take time and chance from their caller and write to no console.</summary>
public sealed class BannedSymbolTests
{
    private static readonly ForbiddenConstruct[] Banned =
    [
        new("wall clock", "take a TimeProvider", (use, _) =>
            use.Type is "System.DateTime" or "System.DateTimeOffset" && use.Name is "get_Now" or "get_UtcNow" or "get_Today"),
        new("Random.Shared", "take a Random or a seed", (use, _) => use is { Type: "System.Random", Name: "get_Shared" }),
        new("Console", "return the text, or raise an event", (use, _) => use.Type == "System.Console"),
    ];

    /// <summary>Type and construct, each with its reason.</summary>
    private static readonly Dictionary<(string Type, string Construct), string> Allowed = [];

    public static IEnumerable<object[]> Libraries => SolutionProject.Libraries.Select(project => new object[] { project.Path });

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_CompiledCode_UsesNoBannedSymbol(string path)
    {
        IEnumerable<ForbiddenUse> found = StrategyScanner.Scan(new SolutionProject(path).Assembly, Banned, _ => true)
            .Where(use => !Allowed.ContainsKey((use.Type.Split('+')[0], use.Construct)));

        Assert.Empty(found);
    }
}
