namespace Agents.Reasoning.Sqlite.Tests;

/// <summary>A folder that goes with the test. Deleting it fails on Windows when a store left a file open, and so the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("agents-sqlite-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
