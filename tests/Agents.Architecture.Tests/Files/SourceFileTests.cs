using System.Text.RegularExpressions;
using Agents.Testing;

namespace Agents.Architecture.Tests.Files;

public sealed partial class SourceFileTests
{
    private const int LongFile = 300;

    /// <summary>Longer than 300 lines, each because it is one algorithm or one table.</summary>
    private static readonly Dictionary<string, string> LongFiles = new(StringComparer.Ordinal)
    {
        ["plugins/Agents.Answers/Expressions/Lexer.cs"] = "one pass over the characters of an answer; its number reader is already a file of its own",
        ["plugins/Agents.Reasoning/Loop/ReasoningLoop.cs"] = "the loop's algorithm: turns, deliveries and dispatch share one state",
    };

    [Fact]
    public void CSharpFiles_LongerThan300Lines_AreKnownAndHaveAReason()
    {
        IEnumerable<string> unknown = RepositoryRoot.Files
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !LongFiles.ContainsKey(file))
            .Where(file => File.ReadLines(RepositoryRoot.At(file)).Count() > LongFile);

        Assert.Empty(unknown);
    }

    [Fact]
    public void TextFiles_NameNoFolderOfOneMachine()
    {
        IEnumerable<string> found =
            from file in RepositoryRoot.Files
            where IsText(file)
            from line in File.ReadLines(RepositoryRoot.At(file))
            where MachinePath().IsMatch(line)
            select $"{file}: {line.Trim()}";

        Assert.Empty(found);
    }

    private static bool IsText(string file) =>
        Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".targets" or ".proj" or ".md" or ".json" or ".yml" or ".yaml" or ".txt" or ".html" or ".js" or ".sh"
        || Path.GetFileName(file) is "run";

    // Home folders and the roots that build machines use, spelled so that this line does not match itself.
    [GeneratedRegex("(?<![A-Za-z0-9_.:})])/(hom[e]|Use[r]s|roo[t]|wor[k]|tm[p])/[A-Za-z.]|[A-Z]:\\\\Use[r]s\\\\")]
    private static partial Regex MachinePath();
}
