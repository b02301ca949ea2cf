namespace Agents.Testing;

/// <summary>The folder that holds the solution, found from where the tests run.</summary>
public static class RepositoryRoot
{
    private static readonly string[] NotSource = [".git", "bin", "obj", "artifacts", "out", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Full path of the folder.</summary>
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Full path of something below the folder.</summary>
    public static string At(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Every source file, as a path below the folder with forward slashes, in ordinal order; build outputs are left out.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. FilesBelow(Folder)
        .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder)
                .Where(child => !NotSource.Contains(Path.GetFileName(child), StringComparer.Ordinal))
                .SelectMany(FilesBelow));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Agents.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No folder above the tests holds Agents.sln."));
}
