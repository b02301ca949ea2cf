using System.Diagnostics;

namespace Agents.Reasoning.Sqlite.Tests;

/// <summary>The writer as a process of its own, killed when disposed.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process process;

    public WriterProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(typeof(Writer.Written).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        process = Process.Start(start)!;
    }

    public int Id => process.Id;

    public int ExitCode => process.ExitCode;

    /// <summary>The next line of output; null at its end.</summary>
    public Task<string?> ReadLineAsync() => process.StandardOutput.ReadLineAsync();

    /// <summary>Ends the process at once (SIGKILL; TerminateProcess) and returns what it had still written.</summary>
    public async Task<IReadOnlyList<string>> KillAsync()
    {
        process.Kill();
        var rest = new List<string>();
        while (await ReadLineAsync() is { } line)
            rest.Add(line);
        await process.WaitForExitAsync();
        return rest;
    }

    /// <summary>Ends standard input and waits for the process to end by itself.</summary>
    public Task EndAsync()
    {
        process.StandardInput.Close();
        return process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
