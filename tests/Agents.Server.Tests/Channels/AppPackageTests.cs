using System.Diagnostics;
using System.Text.Json;
using Agents.Server.Tests.Clients;
using Agents.Testing;

namespace Agents.Server.Tests.Channels;

/// <summary>The app package of Teams and Copilot, against the schemas that its makers publish.</summary>
public sealed class AppPackageTests
{
    [NodeFact]
    public async Task Package_FitsItsSchemas_AndBrokenCopiesDoNot()
    {
        string folder = await NodePackages.InstalledAsync("teams");
        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add("validate.mjs");
        start.ArgumentList.Add(RepositoryRoot.At("appPackage"));
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync(), error = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, $"validate.mjs exited with {node.ExitCode}: {await error}");
        JsonElement said = JsonElement.Parse(await output);
        Assert.Equal((4, 16), (said.GetProperty("documents").GetInt32(), said.GetProperty("refused").GetInt32()));
    }
}
