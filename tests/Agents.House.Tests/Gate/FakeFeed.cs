using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Agents.Testing;

namespace Agents.House.Tests.Gate;

/// <summary>A folder that NuGet takes for a feed: empty packages with real ids.</summary>
internal static class FakeFeed
{
    /// <summary>What the Semantic Kernel probe asks for, in the versions of the central file.</summary>
    public static IReadOnlyList<(string Id, string Version)> SemanticKernel { get; } = Of("SemanticKernel");

    /// <summary>What all probes ask for.</summary>
    public static IReadOnlyList<(string Id, string Version)> Everything { get; } = [.. SemanticKernel, .. Of("Onnx"), .. Of("FunctionsWorker")];

    private static (string Id, string Version)[] Of(string family) =>
    [
        .. from probe in XDocument.Load(RepositoryRoot.At("eng", "feed", family + ".csproj")).Descendants("PackageReference")
           join version in XDocument.Load(RepositoryRoot.At("Directory.Packages.props")).Descendants("PackageVersion")
               on (string)probe.Attribute("Include")! equals (string)version.Attribute("Include")!
           select ((string)probe.Attribute("Include")!, (string)version.Attribute("Version")!),
    ];

    public static void Add(string folder, string id, string version)
    {
        Directory.CreateDirectory(folder);
        using ZipArchive package = ZipFile.Open(Path.Combine(folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        Write(package, $"{id}.nuspec", $"""
            <package><metadata>
              <id>{id}</id><version>{version}</version><authors>test</authors><description>empty</description>
            </metadata></package>
            """);
        Write(package, "lib/net10.0/_._", "");
    }

    private static void Write(ZipArchive package, string name, string text)
    {
        using Stream entry = package.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
