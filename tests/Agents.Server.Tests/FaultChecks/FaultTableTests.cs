using System.Reflection;
using System.Text.RegularExpressions;
using Agents.Testing;

namespace Agents.Server.Tests.FaultChecks;

/// <summary>The table of faults names tests that are there.</summary>
public sealed partial class FaultTableTests
{
    [Fact]
    public void EveryFaultOfTheTable_HasATestOfThatName()
    {
        MatchCollection rows = Row().Matches(File.ReadAllText(RepositoryRoot.At("docs", "fault-checks.md")));
        Assert.Equal(Enumerable.Range(1, 43), rows.Select(r => int.Parse(r.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)));
        HashSet<string> tests = [.. Assembly.GetExecutingAssembly().GetTypes().SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => $"{t.Name}.{m.Name}"))];
        foreach (Match row in rows)
        {
            Assert.NotEmpty(row.Groups["test"].Captures);
            foreach (Capture named in row.Groups["test"].Captures)
                Assert.True(tests.Contains(named.Value), $"Fault {row.Groups["number"]}: there is no test {named.Value}.");
        }
    }

    [GeneratedRegex(@"^\| (?<number>\d+) \| [^|]+ \| (`(?<test>[\w.]+)`(, )?)+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
