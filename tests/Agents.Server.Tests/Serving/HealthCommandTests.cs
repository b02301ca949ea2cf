using System.Diagnostics;
using System.Reflection;
using Agents.Testing;

namespace Agents.Server.Tests.Serving;

/// <summary>What a container's health check runs.</summary>
public sealed class HealthCommandTests
{
    [Fact]
    public async Task Health_IsTheExitCode()
    {
        await using RunningServer server = await RunningServer.StartAsync(o => o with { Keys = [new ApiKeyOptions { Name = "a", Sha256 = ServerConfiguration.HashOf("a-key-0123456789abcdef") }] });
        string address = server.Address.ToString();
        Assert.Equal((0, "ready"), await HealthAsync(address));
        await server.StopAsync();
        (int exit, string said) = await HealthAsync(address);
        Assert.Equal(3, exit);
        Assert.StartsWith("not ready: ", said, StringComparison.Ordinal);
        Assert.Equal(2, (await HealthAsync("nonsense")).Exit);
    }

    [Fact]
    public void Dockerfile_ServesBehindAKey_AsNobodyInParticular_AndChecksItsHealth()
    {
        string file = File.ReadAllText(RepositoryRoot.At("Dockerfile"));
        Assert.Contains("\nUSER $APP_UID\n", file, StringComparison.Ordinal);
        Assert.Contains("\"health\", \"--url\", \"http://127.0.0.1:8080\"", file, StringComparison.Ordinal);
        Assert.Contains("-p:PublishProfile=single-file", file, StringComparison.Ordinal);
        Assert.True(File.Exists(RepositoryRoot.At("hosts/Agents.Cli/Properties/PublishProfiles/single-file.pubxml")));
    }

    private static async Task<(int Exit, string Said)> HealthAsync(string url)
    {
        string program = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CommandLine").Value!;
        using Process process = Process.Start(new ProcessStartInfo("dotnet") { ArgumentList = { program, "health", "--url", url }, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await error;
        return (process.ExitCode, said.Trim());
    }
}
