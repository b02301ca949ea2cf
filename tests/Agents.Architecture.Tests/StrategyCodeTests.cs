using Agents.Reasoning;
using Agents.Testing;
using Agents.Testing.StrategyScan;

namespace Agents.Architecture.Tests;

/// <summary>Rule 3 of the strategy rules, held over the strategies as compiled.</summary>
public sealed class StrategyCodeTests
{
    private static readonly string Reasoning = typeof(IReasoningStrategy).Assembly.Location;

    [Fact]
    public void Strategies_CompiledCode_UsesNothingForbidden() => Assert.Empty(StrategyScanner.Scan(Reasoning));

    [Fact]
    public void Strategies_Scan_SeesThem()
    {
        bool written = RepositoryRoot.Files.Any(file => file.StartsWith("plugins/Agents.Reasoning/Strategies/", StringComparison.Ordinal));

        Assert.Equal(written, StrategyScanner.CountTypes(Reasoning) > 0);
    }

    [Fact]
    public void Strategies_EveryImplementation_IsWhereTheScanLooks()
    {
        IEnumerable<Type> elsewhere = typeof(IReasoningStrategy).Assembly.GetTypes()
            .Where(type => type.IsClass && (type.IsAssignableTo(typeof(IReasoningStrategy)) || type.IsAssignableTo(typeof(IVerifier))))
            .Where(type => !StrategyScanner.StrategyNamespaces.Any(space => type.FullName!.StartsWith(space, StringComparison.Ordinal)));

        Assert.Empty(elsewhere);
    }
}
