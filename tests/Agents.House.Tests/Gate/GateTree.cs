using System.Xml.Linq;
using Agents.Testing;

namespace Agents.House.Tests.Gate;

/// <summary>
/// A fresh tree with this repository's gate and three projects: a gated plugin, a sample of it, and a host that says whether it sees it.
/// Its packages come from one source alone, by default a folder.
/// </summary>
internal sealed class GateTree : IDisposable
{
    public GateTree(string? source = null)
    {
        foreach (string file in Directory.EnumerateFiles(RepositoryRoot.Folder, "Directory.*"))
        {
            File.Copy(file, At(Path.GetFileName(file)));
        }

        foreach (string file in Directory.EnumerateFiles(RepositoryRoot.At("eng"), "*", SearchOption.AllDirectories))
        {
            File.Copy(file, At(Path.GetRelativePath(RepositoryRoot.Folder, file)));
        }

        Directory.CreateDirectory(Feed);
        Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="only" value="{source ?? Feed}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
        Write("Tree.slnx", """
            <Solution>
              <Project Path="plugins/Gated/Gated.csproj" />
              <Project Path="hosts/App/App.csproj" />
              <Project Path="samples/Shown/Shown.csproj" />
            </Solution>
            """);
        Write("plugins/Gated/Gated.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><PlatformFamily>SemanticKernel</PlatformFamily><IsTrimmable>false</IsTrimmable></PropertyGroup>
              <ItemGroup><PackageReference Include="Microsoft.SemanticKernel.Core" /></ItemGroup>
            </Project>
            """);
        Write("plugins/Gated/Present.cs", "namespace Gated; /// <summary>Only here when the family is.</summary>\npublic static class Present;\n");
        Write("samples/Shown/Shown.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><PlatformFamily>SemanticKernel</PlatformFamily><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="../../plugins/Gated/Gated.csproj" /></ItemGroup>
            </Project>
            """);
        Write("samples/Shown/Program.cs", "System.Console.WriteLine(nameof(Gated.Present));\n");
        Write("hosts/App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="../../plugins/Gated/Gated.csproj" /></ItemGroup>
            </Project>
            """);
        Write("hosts/App/Program.cs", """
            #if HAS_SEMANTIC_KERNEL
            System.Console.WriteLine("sees " + typeof(Gated.Present).Name);
            #else
            System.Console.WriteLine("sees nothing");
            #endif
            """);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("gate-").FullName;

    public string Feed => Path.Combine(Folder, "feed");

    public string[] Findings => Directory.GetFiles(Path.Combine(Folder, "artifacts", "feed"), "*.props");

    public void StockSemanticKernel() => Stock(FakeFeed.SemanticKernel);

    public void StockEverything() => Stock(FakeFeed.Everything);

    /// <summary>Asks for a version that is in no feed, through the central file.</summary>
    public void SetSemanticKernelVersion(string version)
    {
        string file = Path.Combine(Folder, "Directory.Packages.props");
        XDocument packages = XDocument.Load(file);
        packages.Descendants("PackageVersion")
            .Single(e => (string?)e.Attribute("Include") == "Microsoft.SemanticKernel.Core")
            .SetAttributeValue("Version", version);
        packages.Save(file);
    }

    /// <summary>Makes the finding and its retry mark look older; returns the finding's new time.</summary>
    public DateTime AgeFinding(TimeSpan age)
    {
        string finding = Findings.Single();
        DateTime then = DateTime.UtcNow - age;
        File.SetLastWriteTimeUtc(finding, then);
        File.SetLastWriteTimeUtc(Path.ChangeExtension(finding, ".retry"), then);
        return then;
    }

    public Task<DotnetOutcome> DotnetAsync(params string[] arguments) => DotnetCommand.RunAsync(Folder, arguments);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Stock(IReadOnlyList<(string Id, string Version)> packages)
    {
        foreach ((string id, string version) in packages)
        {
            FakeFeed.Add(Feed, id, version);
        }
    }

    private string At(string path)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    private void Write(string path, string text) => File.WriteAllText(At(path), text + "\n");
}
