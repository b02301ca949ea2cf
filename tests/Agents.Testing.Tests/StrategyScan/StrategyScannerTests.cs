using Agents.Testing.StrategyScan;
using Agents.Testing.Tests.StrategyScan.Samples;

namespace Agents.Testing.Tests.StrategyScan;

public sealed class StrategyScannerTests
{
    private static readonly string Assembly = typeof(StrategyScannerTests).Assembly.Location;

    public static IEnumerable<object[]> ForbiddenSamples =>
        from type in typeof(ReportsAttribute).Assembly.GetTypes()
        let reports = (ReportsAttribute?)Attribute.GetCustomAttribute(type, typeof(ReportsAttribute))
        where reports is not null
        select new object[] { type.FullName!, reports.Construct };

    public static IEnumerable<object[]> LegalSamples =>
        from type in typeof(LegalAttribute).Assembly.GetTypes()
        where Attribute.IsDefined(type, typeof(LegalAttribute))
        select new object[] { type.FullName! };

    [Theory]
    [MemberData(nameof(ForbiddenSamples))]
    public void Scan_ForbiddenConstruct_ReportsExactlyThat(string type, string construct)
    {
        IReadOnlyList<ForbiddenUse> found = StrategyScanner.Scan(Assembly, name => name == type);

        Assert.Equal([construct], found.Select(use => use.Construct).Distinct());
    }

    [Theory]
    [MemberData(nameof(LegalSamples))]
    public void Scan_LegalTwin_IsSilent(string type)
    {
        Assert.Empty(StrategyScanner.Scan(Assembly, name => name == type));
        Assert.True(StrategyScanner.CountTypes(Assembly, name => name == type) > 0);
    }

    [Fact]
    public void Scan_EveryConstructOfTheTable_HasASample()
    {
        IEnumerable<string> table = ForbiddenConstructs.ByReference.Select(construct => construct.Name)
            .Append(ForbiddenConstructs.BlockingGetResult)
            .Append(ForbiddenConstructs.MutableStatic);

        Assert.Equal(table.Order(StringComparer.Ordinal), ForbiddenSamples.Select(row => (string)row[1]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Scan_Report_NamesTypeMethodOffsetAndReason()
    {
        ForbiddenUse use = Assert.Single(StrategyScanner.Scan(Assembly, name => name == typeof(TaskResult).FullName));

        Assert.Equal(typeof(TaskResult).FullName, use.Type);
        Assert.Equal("Run", use.Method);
        Assert.True(use.Offset > 0);
        Assert.Contains("await", use.Reason, StringComparison.Ordinal);
    }
}
