using Agents.Testing;

namespace Agents.Architecture.Tests.Files;

public sealed class DecisionRecordTests
{
    private const int LongestRecord = 25;

    private static readonly string[] Headings = ["## Context", "## Decision", "## Alternatives", "## Consequences"];

    public static IEnumerable<object[]> Records => RepositoryRoot.Files
        .Where(file => file.StartsWith("docs/decisions/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal))
        .Select(file => new object[] { file });

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_Short_HasTheFourHeadingsInOrder(string file)
    {
        string[] lines = File.ReadAllLines(RepositoryRoot.At(file));

        Assert.Matches(@"^\d{4}-[a-z0-9-]+\.md$", Path.GetFileName(file));
        Assert.StartsWith("# ", lines[0], StringComparison.Ordinal);
        Assert.Equal(Headings, lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.True(lines.Length <= LongestRecord, $"{file} has {lines.Length} lines; a record has at most {LongestRecord}.");
    }

    [Fact]
    public void Records_Numbers_AreUsedOnce()
    {
        IEnumerable<string> numbers = Records.Select(record => Path.GetFileName((string)record[0])[..4]);

        Assert.Empty(numbers.GroupBy(number => number, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
    }
}
