using System.IO.Compression;
using System.Text;

namespace Agents.House.Tests.Gate;

/// <summary>A folder that NuGet takes for a feed: empty packages with real ids.</summary>
internal static class FakeFeed
{
    public static readonly (string Id, string Version)[] SemanticKernel =
    [
        ("Microsoft.SemanticKernel.Core", "1.80.0"),
        ("Microsoft.Extensions.AI", "10.11.0"),
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
