using System.Diagnostics;
using System.Reflection;
using Agents.Testing;

namespace Agents.Server.Tests;

/// <summary>The server as a process of its own, so that it can be killed.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    /// <summary>A client of the server.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts the program as it was built, before an upstream that it serves as <c>gpt-x</c>.</summary>
    /// <param name="state">The folder of its state.</param>
    /// <param name="upstream">The upstream.</param>
    /// <param name="environment">Further environment variables.</param>
    public static async Task<ServerProcess> StartAsync(string state, StubModelServer upstream, params (string Name, string Value)[] environment)
    {
        string program = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CommandLine").Value!;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])[program, "serve", "--urls", "http://127.0.0.1:0", "--model", $"gpt-x=openai:gpt-x@{upstream.Endpoint}?concurrency=512", "--state", state])
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended before it listened.");
        Assert.StartsWith("Listening on http://127.0.0.1:", line, StringComparison.Ordinal);
        return new ServerProcess(process, new Uri(line["Listening on ".Length..]));
    }

    /// <summary>Kills it, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
