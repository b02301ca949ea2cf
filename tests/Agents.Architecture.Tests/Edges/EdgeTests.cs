using Agents.Testing;

namespace Agents.Architecture.Tests.Edges;

public sealed class EdgeTests
{
    private static readonly HashSet<string> DotNet = Directory
        .EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
        .Select(Path.GetFileNameWithoutExtension)
        .ToHashSet(StringComparer.Ordinal)!;

    public static IEnumerable<object[]> ShippedProjects => SolutionProject.Shipped.Select(project => new object[] { project.Path });

    [Theory]
    [MemberData(nameof(ShippedProjects))]
    public void Project_BuiltAssembly_ReferencesOnlyWhatItsRowAllows(string path)
    {
        var project = new SolutionProject(path);
        EdgeRule rule = RuleOf(project);
        IEnumerable<string> found = project.AssemblyReferences().Where(name => rule.Forbids(name) || !(DotNet.Contains(name) || rule.Allows(name)));

        Assert.Empty(found);
    }

    [Theory]
    [MemberData(nameof(ShippedProjects))]
    public void Project_File_ReferencesOnlyWhatItsRowAllows(string path)
    {
        var project = new SolutionProject(path);
        EdgeRule rule = RuleOf(project);
        IEnumerable<string> found = project.ProjectReferences.Concat(project.PackageReferences).Where(name => !rule.Allows(name));

        Assert.Empty(found);
    }

    [Fact]
    public void Solution_EveryProject_IsInIt()
    {
        string solution = File.ReadAllText(RepositoryRoot.At("Agents.sln")).Replace('\\', '/');
        IEnumerable<SolutionProject> missing = SolutionProject.All.Where(project => !solution.Contains(project.Path, StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void Rules_TheCore_IsWhatTheDesignSays()
    {
        Assert.Empty(EdgeRules.All.Single(rule => rule.Project == "Agents.Answers").May);
        Assert.Empty(EdgeRules.All.Single(rule => rule.Project == "Agents.Search").May);
        EdgeRule reasoning = EdgeRules.All.Single(rule => rule.Project == "Agents.Reasoning");
        Assert.All(
            ["Microsoft.SemanticKernel.Core", "Microsoft.AspNetCore.Http", "OpenAI", "Microsoft.Extensions.Logging.Abstractions", "Agents.Hosting"],
            name => Assert.False(reasoning.Allows(name)));
        Assert.True(reasoning.Forbids("System.Net.Http"));
    }

    private static EdgeRule RuleOf(SolutionProject project) =>
        EdgeRules.All.SingleOrDefault(rule => rule.Project == project.Name)
        ?? throw new InvalidOperationException($"{project.Name} has no row in EdgeRules.All: add one that says what it may reference.");
}
