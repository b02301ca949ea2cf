using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Agents.Testing;

namespace Agents.Architecture.Tests.Edges;

/// <summary>A project of the solution as its file and its built assembly show it.</summary>
internal sealed record SolutionProject(string Path)
{
    private static readonly string[] OutputFolder = AppContext.BaseDirectory
        .TrimEnd(System.IO.Path.DirectorySeparatorChar).Split(System.IO.Path.DirectorySeparatorChar)[^3..];

    public static IReadOnlyList<SolutionProject> All { get; } = [.. RepositoryRoot.Files
        .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith("eng/", StringComparison.Ordinal))
        .Select(file => new SolutionProject(file))];

    /// <summary>Projects that ship: everything but tests and benchmarks.</summary>
    public static IReadOnlyList<SolutionProject> Shipped { get; } = [.. All.Where(project => project.Area is "plugins" or "models" or "functions" or "hosts" or "samples")];

    public static IReadOnlyList<SolutionProject> Libraries { get; } = [.. All.Where(project => project.Area is "plugins" or "models")];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Area => Path.Split('/')[0];

    /// <summary>The assembly built beside these tests, in the same configuration.</summary>
    public string Assembly => RepositoryRoot.At([System.IO.Path.GetDirectoryName(Path)!, .. OutputFolder, AssemblyName + ".dll"]);

    private string AssemblyName => XDocument.Load(RepositoryRoot.At(Path)).Descendants("AssemblyName").SingleOrDefault()?.Value ?? Name;

    public IEnumerable<string> ProjectReferences => Items("ProjectReference").Select(file => System.IO.Path.GetFileNameWithoutExtension(file.Replace('\\', '/')));

    public IEnumerable<string> PackageReferences => Items("PackageReference");

    public IReadOnlyList<string> AssemblyReferences()
    {
        using FileStream file = File.OpenRead(Assembly);
        using var image = new PEReader(file);
        MetadataReader reader = image.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }

    public override string ToString() => Name;

    private IEnumerable<string> Items(string kind) =>
        from item in XDocument.Load(RepositoryRoot.At(Path)).Descendants(kind)
        where item.Attribute("Include") is not null
        select item.Attribute("Include")!.Value;
}
