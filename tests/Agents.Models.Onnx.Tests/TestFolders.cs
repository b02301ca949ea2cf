using Agents.Testing;

// The runtime computes on all cores, and the machine that tests has few: one class after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Agents.Models.Onnx.Tests;

/// <summary>The folder of the embedded model, loaded, and spoiled copies of it.</summary>
internal static class TestFolders
{
    public static string Embedded { get; } = RepositoryRoot.At("models", "embedded");

    private static readonly Lazy<OnnxModel> model = new(() => OnnxModel.Load(Embedded));

    /// <summary>The folder with the default options, loaded once for all tests.</summary>
    public static OnnxModel Model => model.Value;

    /// <summary>A copy that is deleted with the returned value.</summary>
    public static FolderCopy Copy() => new();
}

/// <summary>A copy of the embedded model's folder.</summary>
internal sealed class FolderCopy : IDisposable
{
    public FolderCopy()
    {
        Directory.CreateDirectory(Path);
        foreach (string file in Directory.EnumerateFiles(TestFolders.Embedded))
            File.Copy(file, At(System.IO.Path.GetFileName(file)));
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "onnx-" + Guid.NewGuid().ToString("N"));

    public string At(string file) => System.IO.Path.Combine(Path, file);

    public FolderCopy Without(string file)
    {
        File.Delete(At(file));
        return this;
    }

    public FolderCopy With(string file, string content)
    {
        File.WriteAllText(At(file), content);
        return this;
    }

    /// <summary>Replaces a text that the file must hold.</summary>
    public FolderCopy Change(string file, string from, string to)
    {
        string content = File.ReadAllText(At(file));
        Assert.Contains(from, content, StringComparison.Ordinal);
        return With(file, content.Replace(from, to, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
