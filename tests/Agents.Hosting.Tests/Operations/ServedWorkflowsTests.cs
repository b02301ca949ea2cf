using Agents.Hosting.Operations;
using Agents.Hosting.Requests;
using Agents.Testing;

namespace Agents.Hosting.Tests.Operations;

public sealed class ServedWorkflowsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("agents-workflows-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void ShippedFolder_IsServedByName()
    {
        ServedWorkflows workflows = ServedWorkflows.Load(RepositoryRoot.At("workflows"));
        Assert.Equal(["careful", "cheap-first", "draft-and-mix", "panel", "prove-it"], workflows.Names);
        Assert.Equal("careful", workflows.Find("careful").Description.Name);
    }

    [Fact]
    public void DocumentWithoutAName_GoesByItsFile()
    {
        Write("plain.yaml", "strategy: direct");
        Assert.Equal(["plain"], ServedWorkflows.Load(folder).Names);
    }

    [Fact]
    public void WrongDocument_IsNamedWithItsFileAndEveryError()
    {
        Write("bad.yaml", "strategy: nonsense");
        string message = Assert.Throws<ArgumentException>(() => ServedWorkflows.Load(folder)).Message;
        Assert.Contains("bad.yaml", message, StringComparison.Ordinal);
        Assert.Contains("nonsense", message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoOfOneName_AreRefused()
    {
        Write("a.yaml", "name: same\nsteps:\n  - strategy: direct");
        Write("b.yaml", "name: same\nsteps:\n  - strategy: direct");
        Assert.Contains("'same'", Assert.Throws<ArgumentException>(() => ServedWorkflows.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NameThatIsNotThere_IsA404()
    {
        Assert.Equal(404, Assert.Throws<ApiException>(() => ServedWorkflows.None.Find("x")).Status);
        Assert.Throws<DirectoryNotFoundException>(() => ServedWorkflows.Load(Path.Combine(folder, "none")));
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);
}
