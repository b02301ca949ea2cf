using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Agents.Cli.Tests;

/// <summary>Runs the command line: in this process with captured output, or as a process of its own that can be killed.</summary>
internal static class Cli
{
    private static readonly string program = typeof(Cli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CommandLine").Value!;

    /// <summary>Runs a command in this process.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int code = await AgentsCommand.RunAsync(args, new CommandConsole(output, error));
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Starts a command as a process; its output is drained.</summary>
    public static Process Start(StringBuilder errors, params string[] args) => Start(errors, [], args);

    /// <summary>Starts a command as a process with further environment variables; its output is drained.</summary>
    public static Process Start(StringBuilder errors, IReadOnlyList<(string Name, string Value)> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
                errors.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}

/// <summary>A folder for one test, deleted afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agents-cli");

    public string this[string name] => Path.Combine(folder.FullName, name);

    public string Write(string name, params string[] lines)
    {
        File.WriteAllLines(this[name], lines);
        return this[name];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
